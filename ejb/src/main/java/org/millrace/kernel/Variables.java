package org.millrace.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.DecisionCall;
import org.millrace.kernel.graph.Decisions;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.state.Scope;

/** What scopes see, and where what is set is kept. */
public record Variables(Step step) {

  /**
   * The variables that a scope sees.
   *
   * @param more are seen besides, and before those of the same name
   */
  public Map<String, Object> seen(int scope, Map<String, Object> more) {
    Map<String, Object> visible = step.state().visibleFrom(scope);
    if (more.isEmpty()) {
      return visible;
    }
    Map<String, Object> seen = new LinkedHashMap<>(visible);
    seen.putAll(more);
    return seen;
  }

  /**
   * Evaluates an expression as a scope sees it.
   *
   * @throws EvaluationException if it has no value
   */
  public @Nullable Object evaluate(Expression expression, int scope) {
    return expression.evaluate(step.state().visibleFrom(scope), step.now());
  }

  /**
   * Evaluates a decision as a scope sees it, and records how.
   *
   * @throws EvaluationException if it cannot be evaluated
   */
  public Decisions.Result evaluate(DecisionCall call, int scope) {
    Decisions.Result result = call.evaluate(step.state().visibleFrom(scope), step.now());
    step.emit(new Event.DecisionEvaluated(scope, result.evaluation()));
    return result;
  }

  /**
   * Evaluates an expression that names something.
   *
   * @param what what it gives, for people
   * @throws EvaluationException if it gives nothing, or more than a name may be long
   */
  public String text(Expression expression, int scope, String what) {
    return text(expression, step.state().visibleFrom(scope), what);
  }

  /**
   * Like {@link #text(Expression, int, String)}.
   *
   * @param seen the variables that the expression sees
   */
  public String text(Expression expression, Map<String, Object> seen, String what) {
    Object value = expression.evaluate(seen, step.now());
    if (value == null || value.equals("")) {
      throw new EvaluationException(
          "\"%s\", %s, has no value".formatted(expression.source(), what));
    }
    return Names.require("\"%s\", %s,".formatted(expression.source(), what), value);
  }

  /** Whether a flow's condition holds; a flow without one is always open. */
  public boolean holds(Flow flow, int scope) {
    Expression condition = flow.condition();
    if (condition == null) {
      return true;
    }
    if (evaluate(condition, scope) instanceof Boolean holds) {
      return holds;
    }
    throw new EvaluationException(
        "the condition \"%s\" on flow %s is neither true nor false"
            .formatted(condition.source(), flow.id()));
  }

  /**
   * Whether a condition holds as a scope sees it.
   *
   * @param more is seen besides
   * @throws EvaluationException if it is neither true nor false
   */
  public boolean holds(Expression condition, int scope, Map<String, Object> more) {
    if (condition.evaluate(seen(scope, more), step.now()) instanceof Boolean holds) {
      return holds;
    }
    throw new EvaluationException(
        "the condition \"%s\" is neither true nor false".formatted(condition.source()));
  }

  /** Sets each variable in the nearest scope that has it, else in the instance's own. */
  public void merge(int scope, Map<String, Object> variables) {
    Map<Integer, Map<String, Object>> byScope = new LinkedHashMap<>();
    variables.forEach(
        (name, value) ->
            byScope
                .computeIfAbsent(owner(name, scope), owner -> new LinkedHashMap<>())
                .put(name, value));
    byScope.forEach(this::set);
  }

  private int owner(String name, int scopeId) {
    Scope scope = step.state().scope(scopeId);
    while (scope.id() != Scope.ROOT && !scope.variables().containsKey(name)) {
      scope = step.state().scope(scope.parent());
    }
    return scope.id();
  }

  /** Sets variables in exactly this scope. */
  public void set(int scope, Map<String, Object> variables) {
    step.emit(new Event.VariablesSet(scope, variables));
  }
}
