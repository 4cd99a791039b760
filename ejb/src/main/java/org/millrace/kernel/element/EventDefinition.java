package org.millrace.kernel.element;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Literal;
import org.millrace.kernel.graph.Work;
import org.millrace.kernel.state.Wait;

/** What an event is about. BPMN 2.0 section 10.5.5. */
public sealed interface EventDefinition
    permits EventDefinition.None,
        EventDefinition.Message,
        EventDefinition.SendMessage,
        EventDefinition.ErrorCode,
        EventDefinition.Cancel,
        EventDefinition.ErrorThrow,
        EventDefinition.EscalationCode,
        EventDefinition.EscalationThrow,
        EventDefinition.Link,
        EventDefinition.CompensationThrow,
        EventDefinition.CompensationBoundary,
        EventDefinition.CompensationStart,
        EventDefinition.Terminate,
        ConditionDefinition,
        MultipleDefinition,
        SignalDefinition,
        TimerDefinition {

  /**
   * The wait for such an event, not yet opened.
   *
   * @param scope the scope that will own it
   * @param element the element that will be told
   * @return null for events that are not waited for but thrown inside the process
   */
  default @Nullable Wait arm(Step step, int scope, String element) {
    return null;
  }

  /** What it is made of: itself, but for one of several definitions. */
  default List<EventDefinition> parts() {
    return List.of(this);
  }

  /** Whether it catches every error or escalation, and so comes after those that name theirs. */
  default boolean catchesAll() {
    return false;
  }

  /** Nothing: a plain start or end. */
  record None() implements EventDefinition {}

  /**
   * A message that is waited for.
   *
   * @param name gives its name
   * @param key gives its correlation key; null where the business key selects
   */
  record Message(Expression name, @Nullable Expression key) implements EventDefinition {

    public Message(String name, @Nullable Expression key) {
      this(new Literal(name), key);
    }

    @Override
    public Wait arm(Step step, int scope, String element) {
      return Wait.message(
          step.nextId(),
          scope,
          element,
          step.variables().text(name, scope, "the name of a message"),
          // A key without a value must not become a wait without a key, which takes any.
          key == null ? null : step.variables().text(key, scope, "a correlation key"));
    }
  }

  /** A message that is thrown: it is work of a stage. */
  record SendMessage(Work work) implements EventDefinition {}

  /**
   * An error that is caught.
   *
   * @param code null catches every error
   * @param codeVariable the variable that takes the code
   * @param messageVariable the variable that takes the message
   */
  record ErrorCode(
      @Nullable String code, @Nullable String codeVariable, @Nullable String messageVariable)
      implements EventDefinition {

    public ErrorCode(@Nullable String code) {
      this(code, null, null);
    }

    public boolean catches(String thrown) {
      return code == null || code.equals(thrown);
    }

    @Override
    public boolean catchesAll() {
      return code == null;
    }
  }

  /** The cancelling of a transaction, by an end event in it; caught on its border. */
  record Cancel() implements EventDefinition {}

  /**
   * An error that is thrown.
   *
   * @param message what a person is told, and who catches it
   */
  record ErrorThrow(Expression code, @Nullable Expression message) implements EventDefinition {}

  /**
   * An escalation that is caught.
   *
   * @param code null catches every escalation
   * @param codeVariable the variable that takes the code
   */
  record EscalationCode(@Nullable String code, @Nullable String codeVariable)
      implements EventDefinition {

    public boolean catches(String thrown) {
      return code == null || code.equals(thrown);
    }

    @Override
    public boolean catchesAll() {
      return code == null;
    }
  }

  /** An escalation that is thrown. */
  record EscalationThrow(Expression code) implements EventDefinition {}

  /** One end of a link; the way from the one to the other is a flow like any. */
  record Link(String name) implements EventDefinition {}

  /**
   * Compensation that is thrown.
   *
   * @param activity the activity to be compensated, null for all in the scope
   * @param waits whether the token stays until all is compensated
   */
  record CompensationThrow(@Nullable String activity, boolean waits) implements EventDefinition {}

  /** What compensates the activity that it is attached to. */
  record CompensationBoundary(String handler) implements EventDefinition {}

  /** The start of a compensation event sub-process. */
  record CompensationStart() implements EventDefinition {}

  /**
   * The end of everything.
   *
   * @param extent how much
   */
  record Terminate(Extent extent) implements EventDefinition {

    /** What all is: a process or sub-process; all runs of it beside it; the whole instance. */
    public enum Extent {
      SCOPE,
      RUNS,
      INSTANCE
    }

    public Terminate() {
      this(Extent.SCOPE);
    }
  }
}
