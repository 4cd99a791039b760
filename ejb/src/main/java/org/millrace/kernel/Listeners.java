package org.millrace.kernel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.graph.Listener;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/** What other engines do besides, where BPMN says nothing: they call listeners, and skip. */
public record Listeners(Step step) {

  /** The variables that a process of Flowable or Activiti sets to let activities be skipped. */
  private static final List<String> SKIPPING =
      List.of("_FLOWABLE_SKIP_EXPRESSION_ENABLED", "_ACTIVITI_SKIP_EXPRESSION_ENABLED");

  /** Whether an activity is not to be done. */
  boolean skips(Token token, Element element) {
    Expression skip = element.node().besides().skip();
    return skip != null
        && token.run() == 0
        && SKIPPING.stream()
            .anyMatch(
                name -> Boolean.TRUE.equals(step.state().visibleFrom(token.scope()).get(name)))
        && step.variables().holds(skip, token.scope(), token.own());
  }

  /** A token has come to what is no activity. */
  void come(Token token, Element element) {
    if (!(element instanceof Activity)) {
      call(element.node().besides().begins(), element.id(), token.scope(), token.own());
    }
  }

  /** An activity has begun: its scope has its input. */
  void begin(Scope scope, Activity activity) {
    call(activity.node().besides().begins(), activity.id(), scope.id(), Map.of());
  }

  /** An activity has completed; its scope is still there. */
  void complete(Scope scope, Activity activity) {
    call(activity.node().besides().ends(), activity.id(), scope.id(), Map.of());
  }

  /** A token leaves; if it leaves an activity, that has been called already when it completed. */
  void leave(Token token) {
    Element element = step.graph().element(token.element());
    if (!(element instanceof Activity)) {
      call(element.node().besides().ends(), element.id(), token.scope(), Map.of());
    }
  }

  void take(Flow flow, int scope) {
    call(flow.listeners(), flow.id(), scope, Map.of());
  }

  /** A user task has somebody who does it. */
  public void assigned(Scope scope, @Nullable String assignee) {
    if (assignee != null) {
      Element task = step.graph().element(scope.element());
      call(task.node().besides().assigned(), task.id(), scope.id(), Map.of());
    }
  }

  /** A token is cancelled, and the activity that it is at. */
  void cancel(Token token, @Nullable Scope held) {
    Element element = step.graph().element(token.element());
    boolean isAroundRuns = held != null && held.runs() != null;
    if (!isAroundRuns) {
      int scope = held == null ? token.scope() : held.id();
      call(element.node().besides().cancelled(), element.id(), scope, Map.of());
    }
  }

  void processBegins() {
    call(step.graph().besides().begins(), step.graph().id(), Scope.ROOT, Map.of());
  }

  void processEnds(boolean asDrawn) {
    call(
        asDrawn ? step.graph().besides().ends() : step.graph().besides().cancelled(),
        step.graph().id(),
        Scope.ROOT,
        Map.of());
  }

  private void call(
      List<? extends Listener> listeners, String at, int scope, Map<String, Object> own) {
    for (Listener listener : listeners) {
      if (listener instanceof Listener.Sets sets) {
        step.variables()
            .merge(
                scope,
                Collections.singletonMap(
                    sets.variable().target(), value(sets.variable(), scope, own)));
      } else if (listener instanceof Listener.Told told) {
        step.effect(new Effect.TellListener(told.name(), told.event(), at, told(told, scope, own)));
      }
    }
  }

  /** Telling stops nothing: what has no value is left out. */
  private Map<String, Object> told(Listener.Told told, int scope, Map<String, Object> own) {
    Map<String, Object> variables = new LinkedHashMap<>(step.variables().seen(scope, own));
    for (Mapping more : told.more()) {
      try {
        variables.put(more.target(), value(more, scope, own));
      } catch (EvaluationException e) {
        variables.remove(more.target());
      }
    }
    return variables;
  }

  private @Nullable Object value(Mapping mapping, int scope, Map<String, Object> own) {
    return mapping.source().evaluate(step.variables().seen(scope, own), step.now());
  }
}
