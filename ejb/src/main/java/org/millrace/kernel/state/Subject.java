package org.millrace.kernel.state;

import org.jspecify.annotations.Nullable;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.Lifecycle.Life;

/**
 * What an event is about.
 *
 * @param scope for a compensation, the scope that keeps it; else none
 */
record Subject(Life life, int id, int scope) {

  private static final Subject INSTANCE = new Subject(Life.INSTANCE, Scope.NONE, Scope.NONE);

  private Subject(Life life, int id) {
    this(life, id, Scope.NONE);
  }

  static Subject of(Event event, InstanceState state) {
    if (event instanceof Event.TokenCreated created) {
      return token(created.token());
    } else if (event instanceof Event.TokenMoved moved) {
      return token(moved.token());
    } else if (event instanceof Event.TokenConsumed consumed) {
      return token(consumed.token());
    } else if (event instanceof Event.TokenCancelled cancelled) {
      return token(cancelled.token());
    } else if (event instanceof Event.ScopeOpened opened) {
      return token(opened.token());
    } else if (event instanceof Event.CompensationKept kept) {
      return new Subject(Life.COMPENSATION, kept.compensation().id(), kept.scope());
    } else if (event instanceof Event.CompensationTaken taken) {
      return new Subject(Life.COMPENSATION, taken.compensations().get(0), taken.scope());
    } else if (event instanceof Event.IncidentRaised raised) {
      return of(raised.incident());
    } else if (event instanceof Event.IncidentResolved resolved) {
      return of(state.incident(resolved.incident()));
    }
    Subject subject = ofWait(event);
    return subject == null ? ofScope(event, state) : subject;
  }

  private static @Nullable Subject ofWait(Event event) {
    if (event instanceof Event.WaitOpened opened) {
      return new Subject(Life.WAIT, opened.opened().id());
    } else if (event instanceof Event.WaitClosed closed) {
      return new Subject(Life.WAIT, closed.waitId());
    } else if (event instanceof Event.TaskClaimed claimed) {
      return new Subject(Life.WAIT, claimed.waitId());
    } else if (event instanceof Event.AttemptFailed failed) {
      return new Subject(Life.WAIT, failed.waitId());
    } else if (event instanceof Event.AttemptOrdered ordered) {
      return new Subject(Life.WAIT, ordered.waitId());
    }
    return null;
  }

  /** A scope lives as long as the token that holds it is active; the root's is the instance. */
  private static Subject ofScope(Event event, InstanceState state) {
    int scope = Scope.ROOT;
    if (event instanceof Event.VariablesSet set) {
      scope = set.scope();
    } else if (event instanceof Event.ScopeClosed closed) {
      scope = closed.scope();
    } else if (event instanceof Event.LoopBegun begun) {
      scope = begun.scope();
    } else if (event instanceof Event.RunCompleted completed) {
      scope = completed.scope();
    } else if (event instanceof Event.DecisionEvaluated evaluated) {
      scope = evaluated.scope();
    }
    return scope == Scope.ROOT ? INSTANCE : token(state.scope(scope).token());
  }

  private static Subject token(int id) {
    return new Subject(Life.TOKEN, id);
  }

  private static Subject of(Incident incident) {
    return incident.waitId() == Scope.NONE
        ? token(incident.token())
        : new Subject(Life.WAIT, incident.waitId());
  }

  Phase before(InstanceState state) {
    return switch (life) {
      case INSTANCE -> state.startedAt() == null ? Phase.NONE : Phase.of(state.status());
      case TOKEN -> ofToken(state);
      case WAIT -> ofWait(state);
      case COMPENSATION -> state.keeps(scope, id) ? Phase.KEPT : Phase.NONE;
    };
  }

  /** The event has been applied: of what is there no more it says how it has ended. */
  Phase after(InstanceState state, Event event) {
    if (event instanceof Event.TokenConsumed) {
      return Phase.COMPLETED;
    } else if (event instanceof Event.TokenCancelled cancelled) {
      return cancelled.failed() ? Phase.FAILED : Phase.CANCELLED;
    }
    return before(state);
  }

  private Phase ofToken(InstanceState state) {
    if (state.findToken(id) == null) {
      return Phase.NONE;
    } else if (state.incidentOn(id) != null) {
      return Phase.HALTED;
    }
    return state.heldBy(id) == null ? Phase.PASSING : Phase.ACTIVE;
  }

  private Phase ofWait(InstanceState state) {
    if (state.findWait(id) == null) {
      return Phase.NONE;
    }
    return state.incidentsAt(id).isEmpty() ? Phase.OPEN : Phase.HALTED;
  }
}
