package org.millrace.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DefinitionView;
import org.millrace.api.operation.EventRequest;
import org.millrace.api.operation.EventResult;
import org.millrace.api.operation.InstanceView.HistoryView;
import org.millrace.api.operation.Refusal;
import org.millrace.api.operation.StartRequest;
import org.millrace.execution.ReplyStore.ReplyTo;
import org.millrace.execution.WaitStore.Addressed;
import org.millrace.kernel.Decision;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.state.Wait;
import org.millrace.persistence.TestDatabase;

/** The whole shell on a test database. Each call is a transaction. */
public final class Shell {

  static final Instant T0 = Instant.parse("2030-01-01T12:00:00Z");

  /** What was sent, in order. */
  private @Nullable Runnable committing;

  final List<String> sent;

  /** What the engine told itself and has not yet looked at, in order. */
  final List<Runnable> notes;

  /** When the engine was told that something is to be deleted. */
  final List<Instant> expected;

  public final TestDatabase database;
  public final Expiry expiry;
  final SetClock clock = new SetClock();
  public final Dispatcher dispatcher;
  public final Engine engine;
  private final Graphs graphs;
  final DeployedDecisions decisions;
  private final Timers timers;
  final Starts starts;
  private final Correlation correlation;
  final Events events;
  final Deployments deployments;
  final StartTimers startTimers;
  private final Signals signals;
  private final CalledInstances called;
  public final KeptCalls calls;

  public Shell(TestDatabase database) {
    this.database = database;
    sent = database.transactional(new CopyOnWriteArrayList<>());
    notes = database.transactional(new CopyOnWriteArrayList<>());
    expected = database.transactional(new CopyOnWriteArrayList<>());
    calls = new KeptCalls(database);
    dispatcher = new Noting();
    Upkeep upkeep = expected::add;
    decisions = new DeployedDecisions(database.definitions);
    graphs = new Graphs(database.definitions, decisions);
    timers = new Timers(database.waits, database.startTimers, dispatcher, clock);
    Replies replies = new Replies(database.replies, dispatcher);
    Effects effects = new Effects(dispatcher, timers, replies, database.waits, calls);
    Retention retention = new Retention(graphs, upkeep, "P180D");
    engine = new Engine(database.instances, graphs, effects, retention, clock);
    starts = new Starts(engine, database.definitions, database.requests, replies, upkeep);
    correlation = new Correlation(engine, starts, database.waits, dispatcher);
    events = new Events(correlation, database.requests, engine, upkeep);
    startTimers = new StartTimers(database.startTimers, timers, starts, graphs, engine);
    signals = new Signals(engine, starts, database.signals, dispatcher);
    deployments =
        new Deployments(
            database.definitions,
            new StartEvents(database.definitions, database.signals, startTimers, engine),
            graphs,
            engine,
            dispatcher);
    called = new CalledInstances(engine, database.definitions, calls);
    expiry = new Expiry(database.expiry, database.requests, clock);
  }

  /** A clock that stands until it is set. */
  static final class SetClock extends Clock {
    private volatile Instant now = T0;

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final class Noting implements Dispatcher {
    @Override
    public void work(Instance instance, Effect.SendWork work) {
      sent.add("work " + work.work().name() + " " + work.work().attempt());
    }

    @Override
    public void withdrawn(String instanceId, int waitId) {
      // Its message is stale when it comes.
    }

    @Override
    public void listener(Instance instance, Effect.TellListener telling) {
      sent.add("listener %s %s %s".formatted(telling.listener(), telling.event(), telling.at()));
    }

    @Override
    public void timer(String instanceId, int waitId, Instant due) {
      sent.add("timer " + due);
    }

    @Override
    public void start(StartTimerStore.StartTimer timer) {
      sent.add("start " + timer.process() + " " + timer.version() + " " + timer.due());
      notes.add(
          () ->
              startTimers.fire(
                  timer.process(), timer.element(), timer.part(), timer.version(), timer.due()));
    }

    @Override
    public void signal(String signal, Map<String, Object> variables, String thrownBy) {
      sent.add("signal " + signal + " " + variables);
      notes.add(() -> signals.send(signal, variables, thrownBy));
    }

    @Override
    public void signalWaits(
        String instanceId, List<Integer> waitIds, Map<String, Object> variables) {
      sent.add("signalled " + instanceId);
      notes.add(() -> signals.deliver(instanceId, waitIds, variables));
    }

    @Override
    public void signalStart(String process, String element, Map<String, Object> variables) {
      sent.add("started " + process);
      notes.add(() -> signals.start(process, element, variables));
    }

    @Override
    public void bucket(long bucket, Instant at) {
      sent.add("bucket " + bucket + " " + at);
    }

    @Override
    public void restOfBucket(long bucket, WaitStore.WaitRef after) {
      sent.add("rest of a bucket");
      notes.add(() -> timers.handOver(bucket, after));
    }

    @Override
    public void kept(String eventId, Duration delay) {
      sent.add("kept " + eventId + " " + delay);
    }

    @Override
    public boolean settle() {
      return false; // One transaction after the other.
    }

    @Override
    public boolean settleAll() {
      Runnable late = committing;
      committing = null;
      if (late != null) {
        CompletableFuture.runAsync(() -> database.inTransaction(late)).join();
      }
      return late != null;
    }

    @Override
    public void deploying() {
      // Its transaction is committed when it is over.
    }

    @Override
    public void settleDeployments() {
      // Likewise.
    }

    @Override
    public void reply(ReplyTo to, Map<String, Object> properties, Object body) {
      sent.add("reply " + to.correlationId() + " " + properties.get("state") + " " + body);
    }
  }

  /** Delivers what instances tell each other, oldest first, until there is no more. */
  public void deliverCalls() {
    for (KeptCalls.Call call = calls.poll(); call != null; call = calls.poll()) {
      deliver(call);
    }
  }

  void deliver(KeptCalls.Call call) {
    database.inTransaction(() -> call.to(called));
  }

  /** What was sent of one kind; then it is forgotten. */
  List<String> take(String kind) {
    List<String> some = sent.stream().filter(one -> one.startsWith(kind + " ")).toList();
    sent.removeAll(some);
    return some;
  }

  public List<DefinitionView> deploy(String body) {
    return deployDocument(document(body));
  }

  List<DefinitionView> deployDocument(String xml) {
    return database.inTransaction(() -> deployments.deploy("test.bpmn", xml.getBytes(UTF_8)));
  }

  static String document(String body) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:millrace="http://millrace.org/schema/bpmn" targetNamespace="test" id="d">
        """
        + body
        + "</definitions>";
  }

  public String start(String process, String businessKey) {
    return start(request(process, businessKey, null), null, false);
  }

  /** Within a transaction. */
  void begin(String process, String businessKey) {
    starts.start(request(process, businessKey, null), null, false);
  }

  String start(StartRequest request, @Nullable ReplyTo replyTo, boolean acknowledge) {
    return database.inTransaction(() -> starts.start(request, replyTo, acknowledge));
  }

  static StartRequest request(
      String process, @Nullable String businessKey, @Nullable String requestId) {
    return new StartRequest(process, null, businessKey, requestId, 4, Map.of("n", 1L));
  }

  EventResult send(EventRequest event) {
    return database.inTransaction(() -> events.send(event));
  }

  /** Sends many in one transaction, as the bean does. */
  List<EventResult> sendTogether(List<EventRequest> all) {
    return database.inTransaction(() -> together(all));
  }

  List<EventResult> together(List<EventRequest> all) {
    List<EventResult> results = new ArrayList<>();
    engine.together(
        () -> {
          events.expect(
              all.stream()
                  .map(
                      event ->
                          new Addressed(
                              event.message(),
                              event.instanceId(),
                              event.businessKey(),
                              event.correlationKey()))
                  .toList());
          for (EventRequest event : all) {
            try {
              results.add(events.send(event));
            } catch (Refusal refusal) {
              results.add(new EventResult("refused", null));
            }
          }
        });
    return results;
  }

  /** Does something in a transaction that is committed once somebody waits for all to be. */
  void commitLate(Runnable work) {
    committing = work;
  }

  void lookAgain(String eventId) {
    database.inTransaction(() -> correlation.lookAgain(eventId));
  }

  void signal(String name, Map<String, Object> variables) {
    database.inTransaction(() -> signals.send(name, variables, null));
  }

  /** Looks at all notes of the engine to itself, each in a transaction of its own. */
  void readNotes() {
    while (!notes.isEmpty()) {
      database.inTransaction(notes.remove(0));
    }
  }

  void wake(long bucket) {
    database.inTransaction(() -> timers.wake(bucket));
  }

  public Decision execute(String instance, Command command) {
    return database.inTransaction(() -> engine.execute(instance, command));
  }

  Decision complete(String instance, String activity) {
    return execute(instance, new Command.Complete(wait(instance, activity).id(), 0, Map.of()));
  }

  public Instance read(String instance) {
    return database.inTransaction(() -> engine.read(instance));
  }

  public String status(String instance) {
    return read(instance).state().status().word();
  }

  public Wait wait(String instance, String activity) {
    return read(instance).state().waits().stream()
        .filter(wait -> wait.element().equals(activity))
        .findFirst()
        .orElseThrow(() -> new AssertionError(activity + " waits for nothing"));
  }

  List<String> history(String instance) {
    return entries(instance).stream()
        .map(entry -> entry.activity() + " " + entry.state() + " " + entry.attempt())
        .toList();
  }

  List<HistoryView> entries(String instance) {
    return database.inTransaction(
        () ->
            History.of(
                database.instances.history(instance),
                read0(instance).version(),
                version -> graphs.get(read0(instance).process(), version)));
  }

  private Instance read0(String instance) {
    return engine.read(instance);
  }
}
