package org.millrace.kernel;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.ComplexGateway;
import org.millrace.kernel.element.Join;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.state.Incident;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/**
 * The asking of joins when nothing moves any more. What a join has to say depends on the tokens
 * that are directly in its scope, so one is asked only when something has happened to these; and on
 * variables where it is a complex gateway, so all of those are asked when one is set.
 */
final class Settlement {

  private final Step step;
  private final TreeSet<Integer> touched = new TreeSet<>();
  private final boolean minds;

  Settlement(Step step) {
    this.step = step;
    this.minds = step.graph().has(ComplexGateway.class);
  }

  /** Notes an event that is about to change the state. */
  void note(Event event) {
    InstanceState state = step.state();
    if (event instanceof Event.TokenCreated created) {
      touched.add(created.scope());
    } else if (event instanceof Event.TokenMoved moved) {
      touch(state.findToken(moved.token()));
    } else if (event instanceof Event.TokenConsumed consumed) {
      touch(state.findToken(consumed.token()));
    } else if (event instanceof Event.TokenCancelled cancelled) {
      touch(state.findToken(cancelled.token()));
    } else if (event instanceof Event.ScopeClosed closed) {
      touched.add(state.scope(closed.scope()).parent());
    } else if (event instanceof Event.IncidentRaised raised) {
      touch(state.findToken(raised.incident().token()));
    } else if (event instanceof Event.IncidentResolved resolved) {
      Incident incident = state.findIncident(resolved.incident());
      touch(incident == null ? null : state.findToken(incident.token()));
    } else if (event instanceof Event.Migrated || (minds && event instanceof Event.VariablesSet)) {
      state.scopes().forEach(scope -> touched.add(scope.id()));
    }
  }

  private void touch(@Nullable Token token) {
    if (token != null) {
      touched.add(token.scope());
    }
  }

  /** Asks until at one join something happens; says whether it did. */
  boolean advance() {
    while (!touched.isEmpty()) {
      int scope = touched.first();
      if (advance(scope)) {
        return true;
      }
      touched.remove(scope);
    }
    return false;
  }

  private boolean advance(int id) {
    Scope scope = step.state().findScope(id);
    boolean hasJoins =
        scope != null
            && scope.runs() == null
            && step.graph().hasJoins(step.scopes().container(scope));
    if (!hasJoins) {
      return false;
    }
    for (Token token : step.state().tokensIn(id)) {
      if (step.graph().element(token.element()) instanceof Join join
          && step.state().incidentOn(token.id()) == null) {
        Journal.Mark before = step.mark();
        EvaluationException reason = step.attempt(() -> join.settle(step, token));
        if (reason != null) {
          step.incidents().raise(token, false, reason);
        }
        if (step.isBusy() || !step.mark().equals(before)) {
          return true;
        }
      }
    }
    return false;
  }
}
