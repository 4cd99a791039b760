package org.millrace.kernel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Wait;

/** The engine's rules as two pure functions. Safe for use by many threads. */
public final class Kernel {

  private Kernel() {}

  /**
   * Decides what a command does to an instance, on through gateways, events and scripts to the next
   * waits.
   *
   * @param state is not changed
   * @param now the time of all that happens
   */
  public static Decision decide(
      ProcessGraph graph, InstanceState state, Command command, Instant now) {
    Step step = new Step(graph, state, now);
    try {
      Rejected rejected = Rules.carryOut(step, command);
      if (rejected != null) {
        return rejected;
      }
      step.run();
      return step.accepted();
    } catch (EvaluationException e) {
      return new Rejected(Kind.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** The state after an event; folding all events of an instance gives its state. */
  public static InstanceState evolve(InstanceState state, Event event, Instant at) {
    InstanceState next = state.copy();
    next.apply(event, at);
    return next;
  }

  /**
   * Whether a wait stands as a message knows it: null if so.
   *
   * @param attempt the attempt that the message is for, 0 for any
   */
  public static @Nullable Rejected check(InstanceState state, int waitId, int attempt) {
    Wait wait = state.findWait(waitId);
    if (wait == null) {
      return waitId < state.nextId()
          ? new Rejected(Kind.STALE, "this is answered or no longer waited for")
          : new Rejected(Kind.TOO_EARLY, "this is not waited for yet");
    }
    if (attempt > wait.attempt()) {
      return new Rejected(Kind.TOO_EARLY, "this attempt is not ordered yet");
    }
    if (attempt != 0 && (attempt < wait.attempt() || wait.attemptsLeft() == 0)) {
      return new Rejected(Kind.STALE, "this attempt has failed already");
    }
    return null;
  }
}
