package org.millrace.kernel.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.Status;

/** A wish to change one instance. */
public sealed interface Command {

  /**
   * Begin.
   *
   * @param startEvent the start event; null for the none start event
   * @param priority 0 to 9, the priority of all its work
   * @param message the name of the message that has come; null for none
   */
  record Start(
      @Nullable String startEvent,
      @Nullable String businessKey,
      int priority,
      Map<String, Object> variables,
      @Nullable String message)
      implements Command {

    public Start(
        @Nullable String startEvent,
        @Nullable String businessKey,
        int priority,
        Map<String, Object> variables) {
      this(startEvent, businessKey, priority, variables, null);
    }
  }

  /**
   * An answer to work, or to a task.
   *
   * @param attempt the attempt that it answers; 0 for whichever is under way
   */
  record Complete(int waitId, int attempt, Map<String, Object> variables) implements Command {}

  /** Work or a task ended with a business error. */
  record ThrowError(
      int waitId, int attempt, String code, @Nullable String message, Map<String, Object> variables)
      implements Command {}

  /** An attempt at work failed technically. What it has found out stays: the next one sees it. */
  record Fail(
      int waitId,
      int attempt,
      String message,
      @Nullable String details,
      boolean retry,
      Map<String, Object> variables)
      implements Command {

    public Fail(int waitId, int attempt, String message, @Nullable String details, boolean retry) {
      this(waitId, attempt, message, details, retry, Map.of());
    }
  }

  /**
   * Work or a task escalates; it stays open unless what catches that interrupts it.
   *
   * @param attempt the attempt that escalates; 0 for whichever is under way
   */
  record Escalate(int waitId, int attempt, String code, Map<String, Object> variables)
      implements Command {}

  /** A message or a signal has come for this wait, or a condition holds. */
  record Deliver(int waitId, Map<String, Object> variables) implements Command {}

  /** A signal has come for those of these waits that still stand. */
  record Signal(List<Integer> waitIds, Map<String, Object> variables) implements Command {}

  /**
   * A timer is to be looked at.
   *
   * @param early fire it although it is not due, because a person says so
   */
  record Fire(int waitId, boolean early) implements Command {}

  /**
   * The instance that was called has ended.
   *
   * @param attempt which of the instances called by this wait, if it had to be called anew
   * @param code of the error that nobody caught in it, for {@link Status#FAILED}
   * @param variables the called instance's own
   * @param message what was said with the error, if anything
   */
  record CalledEnded(
      int waitId,
      int attempt,
      Status status,
      @Nullable String code,
      Map<String, Object> variables,
      @Nullable String message)
      implements Command {}

  /**
   * In the instance that was called an escalation was thrown that nobody caught; it goes on.
   *
   * @param variables the called instance's own
   */
  record CalledEscalated(int waitId, int attempt, String code, Map<String, Object> variables)
      implements Command {}

  /** What the instance that was called escalates could not be delivered: see the incident. */
  record EscalationLost(int waitId, int attempt, String code, Map<String, Object> variables)
      implements Command {}

  /** A person takes a task, or (null) gives it back. */
  record Claim(int waitId, @Nullable String user) implements Command {}

  record SetVariables(Map<String, Object> variables) implements Command {}

  /**
   * Take all tokens away from some elements and put one before each of others, in one step.
   *
   * @param variables are set in the instance before anything is started
   */
  record Modify(List<String> cancel, List<String> startBefore, Map<String, Object> variables)
      implements Command {}

  /**
   * Go on in another version of the process. It is decided with that version's graph.
   *
   * @param mapping from the ids of elements to those of their counterparts; others keep theirs
   */
  record Migrate(ProcessGraph from, int fromVersion, int toVersion, Map<String, String> mapping)
      implements Command {}

  record RetryIncident(int incident) implements Command {}

  record Suspend() implements Command {}

  record Resume() implements Command {}

  record Cancel() implements Command {}
}
