package org.millrace.persistence;

import static java.util.Objects.requireNonNull;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.hibernate.LockMode;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Caller;
import org.millrace.execution.Instance;
import org.millrace.execution.InstanceStore;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Token;
import org.millrace.persistence.codec.EventCodec;
import org.millrace.persistence.codec.StateCodec;

/**
 * Instances: one row each, one more for every step. A stage costs one locking select, one update
 * and one insert; {@link Waits} adds to that only where somebody looks from outside.
 */
@Singleton
class StoredInstances implements InstanceStore {

  private final Database database;

  @Inject
  StoredInstances(Database database) {
    this.database = database;
  }

  @Override
  public void insert(Instance instance, List<Event> events, Instant at) {
    database.with(
        session -> {
          session.insert(row(instance));
          session.insert(step(instance, events, at));
          new Waits(session, at).insert(instance);
          return null;
        });
  }

  @Override
  public @Nullable Instance read(String id) {
    return get(id, LockMode.READ);
  }

  @Override
  public @Nullable Instance lock(String id) {
    return get(id, LockMode.PESSIMISTIC_WRITE);
  }

  private @Nullable Instance get(String id, LockMode lock) {
    InstanceRow row = database.with(session -> session.get(InstanceRow.class, id, lock));
    return row == null ? null : instance(row);
  }

  @Override
  public void update(Instance before, Instance after, List<Event> events, Instant at) {
    database.with(
        session -> {
          session.update(row(after));
          session.insert(step(after, events, at));
          new Waits(session, at).update(before, after);
          return null;
        });
  }

  @Override
  public void expectReplies(String id) {
    database.with(
        session ->
            session
                .createMutationQuery("update InstanceRow i set i.replies = true where i.id = :id")
                .setParameter("id", id)
                .executeUpdate());
  }

  @Override
  public List<String> running(String process, int version) {
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    """
                    select i.id from InstanceRow i
                    where i.process = :process and i.version = :version and i.endedAt is null
                    order by i.startedAt, i.id
                    """,
                    String.class)
                .setParameter("process", process)
                .setParameter("version", version)
                .list());
  }

  @Override
  public List<Recorded> history(String id) {
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    "select s from StepRow s where s.id.instanceId = :id order by s.id.step",
                    StepRow.class)
                .setParameter("id", id)
                .list()
                .stream()
                .map(s -> new Recorded(s.id.step(), s.recordedAt, EventCodec.read(s.events)))
                .toList());
  }

  private static StepRow step(Instance instance, List<Event> events, Instant at) {
    StepRow row = new StepRow();
    row.id = new StepRow.Id(instance.id(), instance.step());
    row.recordedAt = at;
    row.events = EventCodec.write(events);
    return row;
  }

  private static InstanceRow row(Instance instance) {
    InstanceState state = instance.state();
    InstanceRow row = new InstanceRow();
    row.id = instance.id();
    row.process = instance.process();
    row.version = instance.version();
    row.businessKey = state.businessKey();
    row.state = state.status().word();
    row.priority = state.priority();
    row.startedAt = requireNonNull(state.startedAt());
    row.endedAt = state.endedAt();
    row.reason = state.reason();
    row.step = instance.step();
    row.replies = instance.replies();
    Caller caller = instance.caller();
    if (caller != null) {
      row.callerId = caller.instanceId();
      row.callerWait = caller.waitId();
      row.callerAttempt = caller.attempt();
      row.callerActivity = caller.activity();
      row.depth = caller.depth();
    }
    row.incidents = state.incidents().size();
    row.activities = Words.join(activities(state));
    row.variables = StateCodec.variables(state);
    row.snapshot = StateCodec.snapshot(state);
    return row;
  }

  private static Instance instance(InstanceRow row) {
    return new Instance(
        row.id,
        row.process,
        row.version,
        row.step,
        row.replies,
        caller(row),
        StateCodec.read(row.id, row.snapshot, row.variables));
  }

  private static @Nullable Caller caller(InstanceRow row) {
    return row.callerId == null
        ? null
        : new Caller(
            row.callerId,
            requireNonNull(row.callerWait),
            requireNonNull(row.callerAttempt),
            requireNonNull(row.callerActivity),
            row.depth);
  }

  private static List<String> activities(InstanceState state) {
    return state.resting().stream().map(Token::element).distinct().toList();
  }
}
