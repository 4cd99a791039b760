package org.millrace.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
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
   * @param armed the condition that has just been armed, or is tried again, or {@link Scope#NONE}
   * @param scope else the scope in which the variable was set
   * @param created whether it is new there
   * @param before what the variables were that were set after it, at once with it; null for none
   */
  private record Cause(
      int armed, int scope, String name, boolean created, Map<String, @Nullable Object> before) {

    static Cause armed(int wait) {
      return new Cause(wait, Scope.NONE, "", false, Map.of());
    }
  }

  private final Step step;
  private final Deque<Cause> causes = new ArrayDeque<>();

  Conditions(Step step) {
    this.step = step;
  }

  /** Notes an event that is about to change the state. */
  void note(Event event) {
    if (event instanceof Event.WaitOpened armed && armed.opened().kind() == Wait.Kind.CONDITION) {
      causes.add(Cause.armed(armed.opened().id()));
    } else if (event instanceof Event.AttemptOrdered again
        && step.state().wait(again.waitId()).kind() == Wait.Kind.CONDITION) {
      causes.add(Cause.armed(again.waitId()));
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
    while (causes.size() > noted) {
      causes.removeLast();
    }
  }

  /** Has the events come whose conditions hold. */
  void look() {
    while (!causes.isEmpty()) {
      Cause cause = causes.remove();
      step.state().waitsOf(Wait.Kind.CONDITION).forEach(wait -> look(cause, wait));
    }
  }

  private void look(Cause cause, Wait wait) {
    Wait standing = step.state().findWait(wait.id());
    if (standing == null
        || standing.attemptsLeft() == 0
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
        ? cause.armed() == wait.id() && condition.whenArmed()
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
