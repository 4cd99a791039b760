package org.millrace.kernel.element;

import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Work;
import org.millrace.kernel.state.Wait;

/** What an event is about. BPMN 2.0 section 10.5.5. */
public sealed interface EventDefinition
    permits EventDefinition.None,
        EventDefinition.Message,
        EventDefinition.SendMessage,
        EventDefinition.ErrorCode,
        EventDefinition.Cancel,
        EventDefinition.CompensationThrow,
        EventDefinition.CompensationBoundary,
        EventDefinition.CompensationStart,
        EventDefinition.Terminate,
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

  /** Whether it catches every error, and so comes after those that name theirs. */
  default boolean catchesAll() {
    return false;
  }

  /** Nothing: a plain start or end. */
  record None() implements EventDefinition {}

  /**
   * A message that is waited for.
   *
   * @param key gives its correlation key; null where the business key selects
   */
  record Message(String name, @Nullable Expression key) implements EventDefinition {

    private static final int MAX_KEY = 255;

    @Override
    public Wait arm(Step step, int scope, String element) {
      return Wait.message(
          step.nextId(), scope, element, name, key == null ? null : value(step, scope, key));
    }

    /** A key without a value must not become a wait without a key, which takes any. */
    private String value(Step step, int scope, Expression written) {
      Object value = step.variables().evaluate(written, scope);
      if (value == null) {
        throw new EvaluationException(
            "the correlation key \"%s\" of message \"%s\" has no value"
                .formatted(written.source(), name));
      }
      String text = String.valueOf(value);
      if (text.length() > MAX_KEY) {
        throw new EvaluationException(
            "the correlation key \"%s\" of message \"%s\" has %d characters; at most %d are allowed"
                .formatted(written.source(), name, text.length(), MAX_KEY));
      }
      return text;
    }
  }

  /** A message that is thrown: it is work of a stage. */
  record SendMessage(Work work) implements EventDefinition {}

  /**
   * An error, thrown or caught.
   *
   * @param code null catches every error
   */
  record ErrorCode(@Nullable String code) implements EventDefinition {
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

  /** The end of everything in the scope. */
  record Terminate() implements EventDefinition {}
}
