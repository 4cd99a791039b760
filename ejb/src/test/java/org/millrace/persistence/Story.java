package org.millrace.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.millrace.execution.Instance;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Wait;

/** An instance of which a test tells what happens, and which is stored as it goes on. */
final class Story {

  static final Instant T0 = Instant.parse("2026-03-01T10:00:00.123456Z");

  private final TestDatabase database;
  private Instance instance;
  private Instant now = T0;

  /** Begins in a transaction of its own, with a token at the activity "work". */
  static Story begin(
      TestDatabase database, String process, String businessKey, Map<String, Object> variables) {
    Story story = new Story(database, process);
    story.then(
        new Event.Started(businessKey, 4, variables),
        new Event.TokenCreated(1, 0, "work", "f1"),
        new Event.ScopeOpened(2, 1, "work", Map.of()),
        new Event.WaitOpened(Wait.work(3, 2, "work", "crunch", 3)));
    return story;
  }

  static Story begin(TestDatabase database) {
    return begin(database, "order", "B-1", Map.of("total", 12L));
  }

  Story(TestDatabase database, String process) {
    this(database, fresh(UUID.randomUUID().toString(), process));
  }

  /** One that goes on from there. */
  Story(TestDatabase database, Instance instance) {
    this.database = database;
    this.instance = instance;
  }

  private static Instance fresh(String id, String process) {
    return new Instance(id, process, 2, 0, false, null, InstanceState.initial(id));
  }

  Story at(Instant time) {
    now = time;
    return this;
  }

  /** Stores one step in a transaction of its own. */
  Story then(Event... events) {
    database.inTransaction(() -> store(events));
    return this;
  }

  /** Stores one step in the thread's transaction. */
  void store(Event... events) {
    Instance before = instance;
    InstanceState state = before.state().copy();
    for (Event event : events) {
      state.apply(event, now);
    }
    instance =
        new Instance(
            before.id(),
            before.process(),
            before.version(),
            before.step() + 1,
            before.replies(),
            before.caller(),
            state);
    if (before.step() == 0) {
      database.instances.insert(instance, List.of(events), now);
    } else {
      database.instances.update(before, instance, List.of(events), now);
    }
  }

  /** In the thread's transaction. */
  void expectReplies() {
    database.instances.expectReplies(instance.id());
    instance = instance.expectingReplies();
  }

  String id() {
    return instance.id();
  }

  Instance instance() {
    return instance;
  }
}
