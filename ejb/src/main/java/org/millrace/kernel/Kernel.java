package org.millrace.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.Incident;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Status;
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
      Rejected rejected = carryOut(step, command);
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

  private static @Nullable Rejected carryOut(Step step, Command command) {
    InstanceState state = step.state();
    if (command instanceof Command.Start start) {
      return start(step, start);
    }
    if (state.startedAt() == null) {
      return new Rejected(Kind.TOO_EARLY, "the instance has not begun yet");
    }
    if (state.status().ended()) {
      return new Rejected(Kind.STALE, "the instance has ended as " + state.status().word());
    }
    if (command instanceof Command.Complete complete) {
      Rejected rejected = checkWork(state, complete.waitId(), complete.attempt());
      if (rejected == null) {
        Wait wait = state.wait(complete.waitId());
        step.graph().element(wait.element()).answered(step, wait, complete.variables());
      }
      return rejected;
    }
    if (command instanceof Command.ThrowError error) {
      Rejected rejected = checkWork(state, error.waitId(), error.attempt());
      if (rejected == null) {
        Scope scope = state.scope(state.wait(error.waitId()).scope());
        step.merge(scope.id(), error.variables());
        step.throwError(state.token(scope.token()), error.code());
      }
      return rejected;
    }
    if (command instanceof Command.Fail failure) {
      Rejected rejected =
          check(
              state,
              failure.waitId(),
              failure.attempt(),
              EnumSet.of(Wait.Kind.WORK, Wait.Kind.TIMER));
      if (rejected != null) {
        return rejected;
      }
      Wait wait = state.wait(failure.waitId());
      if (wait.attemptsLeft() == 0) {
        return new Rejected(Kind.STALE, "this has failed already");
      }
      new Incidents(step).fail(wait, failure);
      return null;
    }
    if (command instanceof Command.Deliver message) {
      return answer(step, message.waitId(), Wait.Kind.MESSAGE, message.variables());
    }
    if (command instanceof Command.Fire timer) {
      return fire(step, timer);
    }
    return operate(step, command);
  }

  private static @Nullable Rejected checkWork(InstanceState state, int waitId, int attempt) {
    return check(state, waitId, attempt, EnumSet.of(Wait.Kind.WORK, Wait.Kind.TASK));
  }

  private static @Nullable Rejected check(
      InstanceState state, int waitId, int attempt, Set<Wait.Kind> kinds) {
    Rejected rejected = check(state, waitId, attempt);
    if (rejected == null && !kinds.contains(state.wait(waitId).kind())) {
      return new Rejected(Kind.INVALID, "this waits for a " + state.wait(waitId).kind().word());
    }
    return rejected;
  }

  private static @Nullable Rejected start(Step step, Command.Start start) {
    if (step.state().startedAt() != null) {
      return new Rejected(Kind.STALE, "the instance has begun already");
    }
    StartEvent event = startEvent(step.graph(), start.startEvent());
    if (event == null) {
      return new Rejected(
          Kind.INVALID,
          "process %s has no start event to begin at without a message"
              .formatted(step.graph().id()));
    }
    step.emit(new Event.Started(start.businessKey(), start.priority(), start.variables()));
    step.awaitEventSubProcesses(step.state().scope(Scope.ROOT));
    step.enter(step.create(Scope.ROOT, event.id()));
    return null;
  }

  private static @Nullable StartEvent startEvent(ProcessGraph graph, @Nullable String id) {
    return graph.starts(graph.id()).stream()
        .filter(
            start ->
                id == null
                    ? start.definition() instanceof EventDefinition.None
                    : start.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Rejected answer(
      Step step, int waitId, Wait.Kind kind, Map<String, Object> variables) {
    Rejected rejected = check(step.state(), waitId, 0, EnumSet.of(kind));
    if (rejected == null) {
      Wait wait = step.state().wait(waitId);
      step.graph().element(wait.element()).answered(step, wait, variables);
    }
    return rejected;
  }

  private static @Nullable Rejected fire(Step step, Command.Fire timer) {
    Wait wait = step.state().findWait(timer.waitId());
    if (wait == null || wait.due() == null || timer.early()) {
      return answer(step, timer.waitId(), Wait.Kind.TIMER, Map.of());
    }
    if (wait.attemptsLeft() == 0) {
      return new Rejected(Kind.STALE, "this timer has failed already");
    }
    if (step.state().status() == Status.SUSPENDED) {
      return new Rejected(Kind.STALE, "the instance is suspended; resuming sets its timers anew");
    }
    if (step.now().isBefore(wait.due())) {
      step.effect(new Effect.ScheduleTimer(wait.id(), wait.due()));
      return null;
    }
    EvaluationException reason =
        step.attempt(() -> step.graph().element(wait.element()).answered(step, wait, Map.of()));
    if (reason != null) {
      new Incidents(step).raise(wait, String.valueOf(reason.getMessage()), null);
    }
    return null;
  }

  private static @Nullable Rejected operate(Step step, Command command) {
    InstanceState state = step.state();
    if (command instanceof Command.Claim claim) {
      return claim(step, claim);
    }
    if (command instanceof Command.SetVariables set) {
      step.emit(new Event.VariablesSet(Scope.ROOT, set.variables()));
    } else if (command instanceof Command.RetryIncident retry) {
      Incident incident = state.findIncident(retry.incident());
      if (incident == null) {
        return new Rejected(Kind.STALE, "this incident is resolved");
      }
      new Incidents(step).retry(incident);
    } else if (command instanceof Command.Suspend && state.status() == Status.RUNNING) {
      step.emit(new Event.Suspended());
    } else if (command instanceof Command.Resume && state.status() == Status.SUSPENDED) {
      step.emit(new Event.Resumed());
      resume(step);
    } else if (command instanceof Command.Cancel) {
      step.end(Status.CANCELLED, null);
    }
    return null;
  }

  private static @Nullable Rejected claim(Step step, Command.Claim claim) {
    Rejected rejected = check(step.state(), claim.waitId(), 0, EnumSet.of(Wait.Kind.TASK));
    if (rejected != null) {
      return rejected;
    }
    String owner = step.state().wait(claim.waitId()).assignee();
    if (owner != null && claim.user() != null && !owner.equals(claim.user())) {
      return new Rejected(Kind.STALE, "the task is taken by " + owner);
    }
    if (!Objects.equals(owner, claim.user())) {
      step.emit(new Event.TaskClaimed(claim.waitId(), claim.user()));
    }
    return null;
  }

  /** Sends out again all that may have been held back. What is out there already is a duplicate. */
  private static void resume(Step step) {
    for (Wait wait : step.state().waits()) {
      if (wait.attemptsLeft() == 0) {
        continue;
      }
      if (wait.kind() == Wait.Kind.WORK) {
        step.send(wait, Duration.ZERO);
      } else if (wait.due() != null) {
        step.effect(new Effect.ScheduleTimer(wait.id(), wait.due()));
      }
    }
  }
}
