package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.WaitStore.KeptEvent;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Wait;

/** Does outside what the kernel decided. */
@Singleton
public class Effects {

  private final Dispatcher dispatcher;
  private final Timers timers;
  private final Replies replies;
  private final WaitStore waits;
  private final CallQueue calls;

  @Inject
  public Effects(
      Dispatcher dispatcher, Timers timers, Replies replies, WaitStore waits, CallQueue calls) {
    this.dispatcher = dispatcher;
    this.timers = timers;
    this.replies = replies;
    this.waits = waits;
    this.calls = calls;
  }

  void dispatch(Instance instance, List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.SendWork work) {
        dispatcher.work(instance, work);
      } else if (effect instanceof Effect.TellListener telling) {
        dispatcher.listener(instance, telling);
      } else if (effect instanceof Effect.ScheduleTimer timer) {
        timers.schedule(instance.id(), timer.waitId(), timer.due());
      } else if (effect instanceof Effect.ThrowSignal thrown) {
        dispatcher.signal(thrown.signal(), thrown.variables(), instance.id());
      } else if (effect instanceof Effect.StartCalled call) {
        calls.start(instance, call);
      } else if (effect instanceof Effect.EscalateToCaller escalation) {
        if (instance.caller() != null) {
          calls.escalated(instance, instance.caller(), escalation);
        }
      } else if (effect instanceof Effect.CancelCalled call) {
        calls.cancel(CalledInstances.id(instance.id(), call.waitId(), call.attempt()));
      }
    }
  }

  /** Says which work is no longer awaited after a step: it is done, cancelled or suspended. */
  void withdraw(Instance before, Instance after) {
    boolean suspended = after.state().status() == Status.SUSPENDED;
    for (Wait wait : before.state().waits()) {
      if (wait.kind() == Wait.Kind.WORK
          && (suspended || after.state().findWait(wait.id()) == null)) {
        dispatcher.withdrawn(before.id(), wait.id());
      }
    }
  }

  void ended(Instance instance) {
    replies.ended(instance);
    if (instance.caller() != null) {
      calls.ended(instance, instance.caller());
    }
  }

  /** Takes a kept message for a wait that was just opened; null if there is none. */
  @Nullable KeptEvent takeKept(Instance instance, Wait wait, Instant now) {
    if (instance.state().findWait(wait.id()) == null || wait.name() == null) {
      return null;
    }
    String businessKey = instance.state().businessKey();
    return waits.take(
        wait.name(),
        instance.id(),
        businessKey,
        wait.key() == null ? businessKey : wait.key(),
        now);
  }

  void keep(KeptEvent event) {
    waits.keep(event);
  }
}
