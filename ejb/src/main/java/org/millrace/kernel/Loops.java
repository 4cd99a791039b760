package org.millrace.kernel;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.SignalDefinition;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Loop;
import org.millrace.kernel.graph.Loop.MultiInstance;
import org.millrace.kernel.state.Runs;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/**
 * Activities that are done more than once. BPMN 2.0 sections 13.3.6 and 13.3.7. The token that has
 * come to one opens a scope around all runs, which has the boundary events; in it each run has a
 * token of its own, for which the activity is one like any other.
 */
record Loops(Step step) {

  /** A token has come to such an activity. */
  void begin(Token token, Activity activity) {
    List<@Nullable Object> items = List.of();
    int instances = 0;
    if (activity.loop() instanceof MultiInstance several) {
      items = items(several, token);
      instances = instances(several, token, items);
    }
    Scope around = step.scopes().open(token);
    step.scopes().armBoundaryEvents(around, activity);
    boolean sideBySide = activity.loop() instanceof MultiInstance all && !all.sequential();
    step.emit(new Event.LoopBegun(around.id(), instances, sideBySide ? List.of() : items));
    for (int run = 1; sideBySide && run <= instances; run++) {
      begin(around, run, activity, items);
    }
    goOn(around.id(), activity);
  }

  private List<@Nullable Object> items(MultiInstance several, Token token) {
    Expression collection = several.source().collection();
    if (collection == null) {
      return List.of();
    }
    Object value = step.variables().evaluate(collection, token.scope());
    if (value instanceof List<?> items) {
      return Collections.unmodifiableList(new ArrayList<>(items));
    }
    throw new EvaluationException(
        "the collection \"%s\" of \"%s\" %s"
            .formatted(
                collection.source(), label(token), value == null ? "has no value" : "is no list"));
  }

  private int instances(MultiInstance several, Token token, List<@Nullable Object> items) {
    Expression cardinality = several.source().cardinality();
    if (cardinality == null) {
      return items.size();
    }
    int instances = number(cardinality, token);
    if (several.source().collection() != null && instances > items.size()) {
      throw new EvaluationException(
          "the collection of \"%s\" has %d items, too few for %d runs"
              .formatted(label(token), items.size(), instances));
    }
    return instances;
  }

  private int number(Expression cardinality, Token token) {
    Object value = step.variables().evaluate(cardinality, token.scope());
    try {
      int number = new BigDecimal(String.valueOf(value).strip()).intValueExact();
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // Said below.
    }
    throw new EvaluationException(
        "the loopCardinality \"%s\" of \"%s\" is no number of runs"
            .formatted(cardinality.source(), label(token)));
  }

  private String label(Token token) {
    return step.graph().element(token.element()).node().label();
  }

  private void begin(Scope around, int run, Activity activity, List<?> items) {
    Map<String, Object> own = new LinkedHashMap<>();
    if (activity.loop() instanceof MultiInstance several) {
      own.put(several.numbering().variable(), (long) several.numbering().first() + run - 1);
      String item = several.source().item();
      if (item != null && run <= items.size()) {
        own.put(item, items.get(run - 1));
      }
      for (Loop.Result result : several.results()) {
        result.items().forEach(name -> own.putIfAbsent(name, null));
      }
    } else {
      own.put(Loop.COUNTER, run - 1L);
    }
    step.enter(step.createRun(around, run, own));
  }

  /** Of what is given back by mappings, takes the results that are gathered from this run. */
  void keepResults(Scope scope, Activity activity, Map<String, Object> out) {
    if (activity.loop() instanceof MultiInstance several) {
      for (Loop.Result result : several.results()) {
        for (String name : result.items()) {
          if (out.containsKey(name)) {
            step.variables().set(scope.id(), Collections.singletonMap(name, out.remove(name)));
          }
        }
      }
    }
  }

  /**
   * A run has given back all it will, and its scope still stands.
   *
   * @return whether the activity completes with it, whatever the other runs do
   */
  boolean complete(Scope scope, Token run, Activity activity) {
    if (!(activity.loop() instanceof MultiInstance several)) {
      step.emit(new Event.RunCompleted(run.scope(), run.run(), List.of()));
      return false;
    }
    List<@Nullable Object> result = new ArrayList<>();
    for (Loop.Result one : several.results()) {
      result.add(step.variables().evaluate(one.element(), scope.id()));
    }
    step.emit(new Event.RunCompleted(run.scope(), run.run(), result));
    Expression completion = several.completion();
    return completion != null && step.variables().holds(completion, scope.id(), counts(run));
  }

  /** The names that Camunda 8 has for what BPMN calls nrOfInstances and so on. */
  private Map<String, Object> counts(Token run) {
    Runs runs = runs(run.scope());
    return Map.of(
        "numberOfInstances",
        (long) runs.instances(),
        "numberOfActiveInstances",
        (long) runs.begun() - runs.completed(),
        "numberOfCompletedInstances",
        (long) runs.completed(),
        "numberOfTerminatedInstances",
        0L);
  }

  /** A run's scope is closed: its token goes, and what comes next begins. */
  void end(Token run, Activity activity, boolean enough) {
    if (activity.loop() instanceof MultiInstance several) {
      for (Loop.Thrown thrown : several.thrown()) {
        raise(run, thrown);
        if (step.state().findToken(run.id()) == null) {
          return; // It was caught by what ends all runs.
        }
      }
    }
    step.absorb(run);
    if (enough) {
      step.scopes().cancelWithin(run.scope(), List.of());
      finish(run.scope(), activity);
    } else {
      goOn(run.scope(), activity);
    }
  }

  private void raise(Token run, Loop.Thrown thrown) {
    Expression condition = thrown.condition();
    if ((thrown.onlyFirst() && runs(run.scope()).completed() > 1)
        || (condition != null && !step.variables().holds(condition, run.scope(), counts(run)))) {
      return;
    }
    Map<String, Object> seen = step.variables().seen(run.scope(), counts(run));
    if (thrown.event() instanceof SignalDefinition signal) {
      signal.raise(step, seen);
    } else if (thrown.event() instanceof EventDefinition.EscalationThrow escalation) {
      step.throwEscalation(
          run, step.variables().text(escalation.code(), seen, "an escalation code"));
    }
  }

  /**
   * Ends all runs of the innermost activity around a scope that has several; it completes.
   *
   * @return whether there is one
   */
  boolean terminate(int scope) {
    Scope inner = step.state().scope(scope);
    while (inner.id() != Scope.ROOT && step.state().token(inner.token()).run() == 0) {
      inner = step.state().scope(inner.parent());
    }
    if (inner.id() == Scope.ROOT) {
      return false;
    }
    step.scopes().cancelWithin(inner.parent(), List.of());
    finish(inner.parent(), (Activity) step.graph().element(inner.element()));
    return true;
  }

  /** Begins the next run if one is due; without any the activity completes. */
  void goOn(int around, Activity activity) {
    Runs runs = runs(around);
    boolean more =
        activity.loop() instanceof Loop.Standard loop
            ? again(loop, around, runs)
            : runs.begun() < runs.instances();
    if (more) {
      begin(step.state().scope(around), runs.begun() + 1, activity, runs.items());
    } else if (step.state().isEmpty(around)) {
      finish(around, activity);
    }
  }

  private boolean again(Loop.Standard loop, int around, Runs runs) {
    if (loop.maximum() > 0 && runs.begun() >= loop.maximum()) {
      return false;
    }
    Expression condition = loop.condition();
    return (runs.begun() == 0 && !loop.testBefore())
        || condition == null
        || step.variables().holds(condition, around, Map.of(Loop.COUNTER, (long) runs.completed()));
  }

  private Runs runs(int around) {
    return requireNonNull(step.state().scope(around).runs());
  }

  private void finish(int id, Activity activity) {
    Scope around = step.state().scope(id);
    if (activity.loop() instanceof MultiInstance several && !several.results().isEmpty()) {
      step.variables().merge(around.parent(), gathered(several.results(), runs(id)));
    }
    step.scopes().close(around);
    step.compensations().keepAll(around.parent(), around.compensations());
    step.leave(step.state().token(around.token()));
  }

  private static Map<String, Object> gathered(List<Loop.Result> results, Runs runs) {
    Map<String, Object> gathered = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      List<@Nullable Object> values = new ArrayList<>();
      for (Object result : runs.results()) {
        values.add(result instanceof List<?> of ? of.get(i) : null);
      }
      while (values.size() < runs.instances()) {
        values.add(null);
      }
      gathered.put(results.get(i).collection(), values);
    }
    return gathered;
  }
}
