package org.millrace.execution;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.effect.Effect;
import org.millrace.persistence.TestDatabase;

/** Keeps what instances tell each other until a test delivers it. */
public final class KeptCalls implements CallQueue {

  /** One message. */
  record Call(String kind, Consumer<CalledInstances> delivery) {
    void to(CalledInstances called) {
      delivery.accept(called);
    }
  }

  private final List<Call> kept;

  KeptCalls(TestDatabase database) {
    this.kept = database.transactional(new CopyOnWriteArrayList<>());
  }

  @Nullable Call poll() {
    return kept.isEmpty() ? null : kept.remove(0);
  }

  @Override
  public void start(Instance caller, Effect.StartCalled call) {
    CalledInstances.Request request =
        new CalledInstances.Request(
            new Ids(caller.id(), call.call().id()),
            call.call().attempt(),
            call.callee(),
            call.businessKey(),
            call.priority(),
            call.variables());
    kept.add(new Call("start", called -> called.start(request)));
  }

  @Override
  public void ended(Instance called, Caller caller) {
    Command.CalledEnded ended =
        new Command.CalledEnded(
            caller.waitId(),
            caller.attempt(),
            called.state().status(),
            called.state().reason(),
            called.state().variables(),
            called.state().message());
    kept.add(new Call("ended", all -> all.ended(caller.instanceId(), ended)));
  }

  @Override
  public void escalated(Instance called, Caller caller, Effect.EscalateToCaller escalation) {
    Command.CalledEscalated escalated =
        new Command.CalledEscalated(
            caller.waitId(), caller.attempt(), escalation.code(), escalation.variables());
    kept.add(new Call("escalated", all -> all.escalated(caller.instanceId(), escalated)));
  }

  @Override
  public void cancel(String instanceId) {
    kept.add(new Call("cancel", called -> called.cancel(instanceId)));
  }
}
