package org.millrace.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.kernel.element.ConditionDefinition;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Wait;

/**
 * Conditions that are waited for. BPMN 2.0 section 10.5.5. One is evaluated when it is armed, and
 * whenever a variable is set in a scope that it sees, by whatever did that; before any token goes
 * on. What counts is that it holds, not that it did not hold before: an event that interrupts
 * nothing comes again with each such variable.
 */
final class Conditions {

  /**
   * Why to look.
   *
   * @param armed the condition that has just been armed, or {@link Scope#NONE}
   * @param scope else the scope in which variables were set
   * @param set their names, each with whether it is new there
   */
  private record Cause(int armed, int scope, Map<String, Boolean> set) {}

  private final Step step;
  private final List<Cause> causes = new ArrayList<>();

  Conditions(Step step) {
    this.step = step;
  }

  /** Notes an event that is about to change the state. */
  void note(Event event) {
    if (event instanceof Event.WaitOpened armed && armed.opened().kind() == Wait.Kind.CONDITION) {
      causes.add(new Cause(armed.opened().id(), Scope.NONE, Map.of()));
    } else if (event instanceof Event.VariablesSet set && step.graph().hasConditions()) {
      Map<String, Object> there = step.state().scope(set.scope()).variables();
      Map<String, Boolean> names = new LinkedHashMap<>();
      set.variables().keySet().forEach(name -> names.put(name, !there.containsKey(name)));
      causes.add(new Cause(Scope.NONE, set.scope(), names));
    }
  }

  int noted() {
    return causes.size();
  }

  /** Forgets what was noted since. */
  void backTo(int noted) {
    causes.subList(noted, causes.size()).clear();
  }

  /** Has the events come whose conditions hold. */
  void look() {
    while (!causes.isEmpty()) {
      Cause cause = causes.remove(0);
      for (Wait wait : List.copyOf(step.state().waits())) {
        if (wait.kind() == Wait.Kind.CONDITION) {
          look(cause, wait);
        }
      }
    }
  }

  private void look(Cause cause, Wait wait) {
    Wait standing = step.state().findWait(wait.id());
    if (standing == null
        || !(step.waits().definition(wait) instanceof ConditionDefinition condition)
        || !concerns(cause, wait, condition)
        || !condition.holds(step.state().visibleFrom(wait.scope()), step.now())) {
      return;
    }
    EvaluationException reason =
        step.attempt(() -> step.graph().element(wait.element()).answered(step, standing, Map.of()));
    if (reason != null) {
      step.incidents().raise(standing, String.valueOf(reason.getMessage()), null);
    }
  }

  private boolean concerns(Cause cause, Wait wait, ConditionDefinition condition) {
    if (cause.armed() != Scope.NONE) {
      return cause.armed() == wait.id();
    }
    return sees(wait.scope(), cause.scope())
        && cause.set().entrySet().stream()
            .anyMatch(set -> condition.concerns(set.getKey(), set.getValue()));
  }

  private boolean sees(int inner, int outer) {
    InstanceState state = step.state();
    int scope = inner;
    while (scope != outer && scope != Scope.ROOT) {
      scope = state.scope(scope).parent();
    }
    return scope == outer;
  }
}
