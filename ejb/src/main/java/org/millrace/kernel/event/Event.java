package org.millrace.kernel.event;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.state.Compensation;
import org.millrace.kernel.state.Evaluation;
import org.millrace.kernel.state.Incident;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Wait;

/** One thing that happened to an instance; its time is that of the step it belongs to. */
public sealed interface Event {

  /** The instance began, with these variables. */
  record Started(@Nullable String businessKey, int priority, Map<String, Object> variables)
      implements Event {}

  /**
   * A token was put on an element.
   *
   * @param run which run it begins of an activity that is done more than once, from 1; else 0
   * @param own variables of the scope that it opens there
   */
  record TokenCreated(
      int token, int scope, String element, @Nullable String flow, int run, Map<String, Object> own)
      implements Event {
    public TokenCreated(int token, int scope, String element, @Nullable String flow) {
      this(token, scope, element, flow, 0, Map.of());
    }
  }

  /** A token went on to another element. */
  record TokenMoved(int token, String element, @Nullable String flow) implements Event {}

  /** A token reached an end, or was joined into another. */
  record TokenConsumed(int token) implements Event {}

  /**
   * A token was taken away.
   *
   * @param failed whether by an error of its own activity
   */
  record TokenCancelled(int token, boolean failed) implements Event {}

  record ScopeOpened(int scope, int token, String element, Map<String, Object> variables)
      implements Event {}

  /**
   * The scope is that around the runs of an activity that is done more than once.
   *
   * @param instances how many runs there will be, 0 where that is not known
   * @param items what the runs are for, where they begin one after the other
   */
  record LoopBegun(int scope, int instances, List<@Nullable Object> items) implements Event {}

  /**
   * One of the runs in a scope completed.
   *
   * @param result one value for each collection that results are gathered in
   */
  record RunCompleted(int scope, int run, List<@Nullable Object> result) implements Event {}

  /** A scope ended; what it owned has been taken away by events of its own before. */
  record ScopeClosed(int scope) implements Event {}

  record WaitOpened(Wait opened) implements Event {}

  record WaitClosed(int waitId) implements Event {}

  record TaskClaimed(int waitId, @Nullable String user) implements Event {}

  /** An attempt at work failed, for this reason. */
  record AttemptFailed(int waitId, int attempt, String message, @Nullable String details)
      implements Event {}

  /** A further attempt was ordered. */
  record AttemptOrdered(int waitId, int attempt, int attemptsLeft) implements Event {}

  record IncidentRaised(Incident incident) implements Event {}

  record IncidentResolved(int incident) implements Event {}

  /** Variables were merged into a scope's own. */
  record VariablesSet(int scope, Map<String, Object> variables) implements Event {}

  /** An activity completed that can be compensated. */
  record CompensationKept(int scope, Compensation compensation) implements Event {}

  /** These compensations have begun, or have been given up. */
  record CompensationTaken(int scope, List<Integer> compensations) implements Event {}

  /**
   * The instance went on in another version of its process.
   *
   * @param elements the ids that changed, from the old to the new
   * @param flows likewise, of the flows that tokens at joins came by
   */
  record Migrated(
      int fromVersion, int toVersion, Map<String, String> elements, Map<String, String> flows)
      implements Event {}

  record Suspended() implements Event {}

  record Resumed() implements Event {}

  /**
   * The instance ended.
   *
   * @param reason the code of the error that nobody caught, for {@link Status#FAILED}
   * @param message what was said with it, if anything
   */
  record Ended(Status status, @Nullable String reason, @Nullable String message) implements Event {

    public Ended(Status status, @Nullable String reason) {
      this(status, reason, null);
    }
  }

  /** A decision was evaluated for the activity of this scope. */
  record DecisionEvaluated(int scope, Evaluation evaluation) implements Event {}
}
