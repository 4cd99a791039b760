package org.millrace.kernel.element;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.state.Wait;

/**
 * A condition that is waited for. BPMN 2.0 section 10.5.5. It is evaluated when it is armed, and
 * whenever a variable that it sees is set; each time that it holds then, the event has come.
 *
 * @param variables only setting one of these counts; empty for any
 * @param events what must have happened to it: {@code create}, {@code update}; empty for either
 * @param whenArmed whether it is looked at as soon as it is armed, too
 */
public record ConditionDefinition(
    Expression condition, Set<String> variables, Set<String> events, boolean whenArmed)
    implements EventDefinition {

  public ConditionDefinition(Expression condition) {
    this(condition, Set.of(), Set.of());
  }

  public ConditionDefinition(Expression condition, Set<String> variables, Set<String> events) {
    this(condition, variables, events, true);
  }

  @Override
  public Wait arm(Step step, int scope, String element) {
    return Wait.condition(step.nextId(), scope, element);
  }

  /** Whether setting a variable concerns it. */
  public boolean concerns(String name, boolean created) {
    return (variables.isEmpty() || variables.contains(name))
        && (events.isEmpty() || events.contains(created ? "create" : "update"));
  }

  /** Whether it holds. What cannot be evaluated, a variable not being there yet, does not hold. */
  public boolean holds(Map<String, Object> seen, Instant now) {
    try {
      return Boolean.TRUE.equals(condition.evaluate(seen, now));
    } catch (EvaluationException e) {
      return false;
    }
  }
}
