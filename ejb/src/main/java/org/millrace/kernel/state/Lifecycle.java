package org.millrace.kernel.state;

import static org.millrace.kernel.state.Phase.ACTIVE;
import static org.millrace.kernel.state.Phase.CANCELLED;
import static org.millrace.kernel.state.Phase.COMPLETED;
import static org.millrace.kernel.state.Phase.FAILED;
import static org.millrace.kernel.state.Phase.HALTED;
import static org.millrace.kernel.state.Phase.KEPT;
import static org.millrace.kernel.state.Phase.NONE;
import static org.millrace.kernel.state.Phase.OPEN;
import static org.millrace.kernel.state.Phase.PASSING;
import static org.millrace.kernel.state.Phase.RUNNING;
import static org.millrace.kernel.state.Phase.SUSPENDED;
import static org.millrace.kernel.state.Phase.TERMINATED;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.event.Event.AttemptFailed;
import org.millrace.kernel.event.Event.AttemptOrdered;
import org.millrace.kernel.event.Event.CompensationKept;
import org.millrace.kernel.event.Event.CompensationTaken;
import org.millrace.kernel.event.Event.DecisionEvaluated;
import org.millrace.kernel.event.Event.Ended;
import org.millrace.kernel.event.Event.IncidentRaised;
import org.millrace.kernel.event.Event.IncidentResolved;
import org.millrace.kernel.event.Event.LoopBegun;
import org.millrace.kernel.event.Event.Migrated;
import org.millrace.kernel.event.Event.Resumed;
import org.millrace.kernel.event.Event.RunCompleted;
import org.millrace.kernel.event.Event.ScopeClosed;
import org.millrace.kernel.event.Event.ScopeOpened;
import org.millrace.kernel.event.Event.Started;
import org.millrace.kernel.event.Event.Suspended;
import org.millrace.kernel.event.Event.TaskClaimed;
import org.millrace.kernel.event.Event.TokenCancelled;
import org.millrace.kernel.event.Event.TokenConsumed;
import org.millrace.kernel.event.Event.TokenCreated;
import org.millrace.kernel.event.Event.TokenMoved;
import org.millrace.kernel.event.Event.VariablesSet;
import org.millrace.kernel.event.Event.WaitClosed;
import org.millrace.kernel.event.Event.WaitOpened;

/**
 * The lives of an instance and of what is in it, as data: which event leads from which phase to
 * which. Every event that changes a state is held to it; one that is not here is a defect, and goes
 * no further. The life of an activity is that of the token that is at it.
 */
public final class Lifecycle {

  /** What has a life. */
  public enum Life {
    INSTANCE,
    TOKEN,
    WAIT,
    COMPENSATION
  }

  /** An event leads from one phase to another, or leaves it as it is. */
  public record Transition(Life of, Phase from, Class<? extends Event> by, Phase to) {}

  /** All that can happen. */
  public static final List<Transition> TRANSITIONS =
      List.of(
          new Transition(Life.INSTANCE, NONE, Started.class, RUNNING),
          new Transition(Life.INSTANCE, RUNNING, VariablesSet.class, RUNNING),
          new Transition(Life.INSTANCE, RUNNING, Migrated.class, RUNNING),
          new Transition(Life.INSTANCE, RUNNING, Suspended.class, SUSPENDED),
          new Transition(Life.INSTANCE, SUSPENDED, VariablesSet.class, SUSPENDED),
          new Transition(Life.INSTANCE, SUSPENDED, Migrated.class, SUSPENDED),
          new Transition(Life.INSTANCE, SUSPENDED, Resumed.class, RUNNING),
          new Transition(Life.INSTANCE, RUNNING, Ended.class, COMPLETED),
          new Transition(Life.INSTANCE, RUNNING, Ended.class, FAILED),
          new Transition(Life.INSTANCE, RUNNING, Ended.class, TERMINATED),
          new Transition(Life.INSTANCE, RUNNING, Ended.class, CANCELLED),
          new Transition(Life.INSTANCE, SUSPENDED, Ended.class, COMPLETED),
          new Transition(Life.INSTANCE, SUSPENDED, Ended.class, FAILED),
          new Transition(Life.INSTANCE, SUSPENDED, Ended.class, TERMINATED),
          new Transition(Life.INSTANCE, SUSPENDED, Ended.class, CANCELLED),
          new Transition(Life.TOKEN, NONE, TokenCreated.class, PASSING),
          new Transition(Life.TOKEN, PASSING, TokenMoved.class, PASSING),
          new Transition(Life.TOKEN, PASSING, ScopeOpened.class, ACTIVE),
          new Transition(Life.TOKEN, ACTIVE, VariablesSet.class, ACTIVE),
          new Transition(Life.TOKEN, ACTIVE, DecisionEvaluated.class, ACTIVE),
          new Transition(Life.TOKEN, ACTIVE, LoopBegun.class, ACTIVE),
          new Transition(Life.TOKEN, ACTIVE, RunCompleted.class, ACTIVE),
          new Transition(Life.TOKEN, ACTIVE, ScopeClosed.class, PASSING),
          new Transition(Life.TOKEN, PASSING, IncidentRaised.class, HALTED),
          new Transition(Life.TOKEN, HALTED, IncidentResolved.class, PASSING),
          new Transition(Life.TOKEN, ACTIVE, IncidentRaised.class, HALTED),
          new Transition(Life.TOKEN, HALTED, IncidentResolved.class, ACTIVE),
          new Transition(Life.TOKEN, PASSING, TokenConsumed.class, COMPLETED),
          new Transition(Life.TOKEN, PASSING, TokenCancelled.class, CANCELLED),
          new Transition(Life.TOKEN, PASSING, TokenCancelled.class, FAILED),
          new Transition(Life.WAIT, NONE, WaitOpened.class, OPEN),
          new Transition(Life.WAIT, OPEN, TaskClaimed.class, OPEN),
          new Transition(Life.WAIT, OPEN, AttemptFailed.class, OPEN),
          new Transition(Life.WAIT, OPEN, AttemptOrdered.class, OPEN),
          new Transition(Life.WAIT, OPEN, IncidentRaised.class, HALTED),
          new Transition(Life.WAIT, HALTED, AttemptOrdered.class, HALTED),
          new Transition(Life.WAIT, HALTED, IncidentResolved.class, OPEN),
          new Transition(Life.WAIT, OPEN, WaitClosed.class, NONE),
          new Transition(Life.COMPENSATION, NONE, CompensationKept.class, KEPT),
          new Transition(Life.COMPENSATION, KEPT, CompensationTaken.class, NONE));

  private static final Map<Class<? extends Event>, List<Transition>> BY_EVENT =
      TRANSITIONS.stream().collect(Collectors.groupingBy(Transition::by));

  private Lifecycle() {}

  /**
   * The transition that this is.
   *
   * @throws IllegalStateException if it is none
   */
  static Transition of(Life life, Phase from, Event by, Phase to) {
    for (Transition one : BY_EVENT.getOrDefault(by.getClass(), List.of())) {
      if (one.of() == life && one.from() == from && one.to() == to) {
        return one;
      }
    }
    throw new IllegalStateException(
        "%s cannot lead %s from %s to %s".formatted(by, life, from, to));
  }
}
