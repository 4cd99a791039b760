package org.millrace.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.ConditionDefinition;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Wait;

/**
 * Conditions that are waited for. BPMN 2.0 section 10.5.5. One is evaluated when it is armed, and
 * for each variable that is set in a scope that it sees, by whatever did that: before an activity
 * that gave it back is left, and before any other token goes on. Of several variables set at once
 * each one is looked at in their order, as if the later ones were not set yet. What counts is that
 * it holds, not that it did not hold before: an event that interrupts nothing comes again with each
 * such variable. So do Camunda 7 and Operaton.
 */
final class Conditions {

  /**
   * Why to look.
   *
   * @param armed the condition that has just been armed, or {@link Scope#NONE}
   * @param scope else the scope in which the variable was set
   * @param created whether it is new there
   * @param before what the variables were that were set after it, at once with it; null for none
   */
  private record Cause(
      int armed, int scope, String name, boolean created, Map<String, @Nullable Object> before) {}

  private final Step step;
  private final List<Cause> causes = new ArrayList<>();

  Conditions(Step step) {
    this.step = step;
  }

  /** Notes an event that is about to change the state. */
  void note(Event event) {
    if (event instanceof Event.WaitOpened armed && armed.opened().kind() == Wait.Kind.CONDITION) {
      causes.add(new Cause(armed.opened().id(), Scope.NONE, "", false, Map.of()));
    } else if (event instanceof Event.VariablesSet set && step.graph().hasConditions()) {
      Map<String, Object> there = step.state().scope(set.scope()).variables();
      List<String> names = List.copyOf(set.variables().keySet());
      for (int i = 0; i < names.size(); i++) {
        Map<String, @Nullable Object> before = new HashMap<>();
        names.subList(i + 1, names.size()).forEach(name -> before.put(name, there.get(name)));
        String name = names.get(i);
        causes.add(new Cause(Scope.NONE, set.scope(), name, !there.containsKey(name), before));
      }
    }
  }

  int noted() {
    return causes.size();
  }

  /** Forgets what was noted since. */
  void backTo(int noted) {
    if (causes.size() > noted) {
      causes.subList(noted, causes.size()).clear();
    }
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
        || !condition.holds(seen(cause, wait), step.now())) {
      return;
    }
    EvaluationException reason =
        step.attempt(() -> step.graph().element(wait.element()).answered(step, standing, Map.of()));
    if (reason != null) {
      step.incidents().raise(standing, String.valueOf(reason.getMessage()), null);
    }
  }

  private Map<String, Object> seen(Cause cause, Wait wait) {
    Map<String, Object> visible = step.state().visibleFrom(wait.scope());
    if (cause.before().isEmpty()) {
      return visible;
    }
    Map<String, Object> seen = new LinkedHashMap<>(visible);
    cause
        .before()
        .forEach(
            (name, value) -> {
              if (value == null) {
                seen.remove(name);
              } else {
                seen.put(name, value);
              }
            });
    return seen;
  }

  private boolean concerns(Cause cause, Wait wait, ConditionDefinition condition) {
    return cause.armed() != Scope.NONE
        ? cause.armed() == wait.id()
        : sees(wait.scope(), cause.scope()) && condition.concerns(cause.name(), cause.created());
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
