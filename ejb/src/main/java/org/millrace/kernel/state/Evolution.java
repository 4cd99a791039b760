package org.millrace.kernel.state;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.kernel.event.Event;

/** What each event does to a state. */
record Evolution(InstanceState state, Instant at) {

  void apply(Event event) {
    if (event instanceof Event.TokenCreated created) {
      create(created);
    } else if (event instanceof Event.TokenMoved moved) {
      Token token = state.token(moved.token());
      put(new Token(token.id(), token.scope(), moved.element(), moved.flow(), at));
    } else if (event instanceof Event.TokenConsumed consumed) {
      state.tokenRows().remove(consumed.token());
    } else if (event instanceof Event.TokenCancelled cancelled) {
      state.tokenRows().remove(cancelled.token());
    } else if (event instanceof Event.ScopeOpened opened) {
      open(opened);
    } else if (event instanceof Event.ScopeClosed closed) {
      close(closed);
    } else if (event instanceof Event.LoopBegun begun) {
      put(scope(begun.scope()).with(Runs.of(begun.instances(), begun.items())));
    } else if (event instanceof Event.RunCompleted completed) {
      Scope scope = scope(completed.scope());
      put(scope.with(requireNonNull(scope.runs()).complete(completed.run(), completed.result())));
    } else if (event instanceof Event.VariablesSet set) {
      put(scope(set.scope()).withVariables(set.variables()));
    } else if (event instanceof Event.CompensationKept kept) {
      state.used(kept.compensation().id());
      put(scope(kept.scope()).with(kept.compensation()));
    } else if (event instanceof Event.CompensationTaken taken) {
      put(scope(taken.scope()).without(taken.compensations()));
    } else {
      applyToWaits(event);
      applyToInstance(event);
    }
  }

  private Scope scope(int id) {
    return state.scope(id);
  }

  private void put(Token token) {
    state.tokenRows().put(token);
  }

  private void put(Scope scope) {
    state.scopeRows().put(scope);
  }

  private void put(Wait wait) {
    state.waitRows().put(wait);
  }

  private void create(Event.TokenCreated created) {
    Scope around = scope(created.scope());
    put(
        new Token(
            state.used(created.token()),
            created.scope(),
            created.element(),
            created.flow(),
            at,
            created.run(),
            created.own()));
    if (created.run() != 0 && around.runs() != null) {
      put(around.with(around.runs().begin()));
    }
  }

  private void open(Event.ScopeOpened opened) {
    Token token = state.token(opened.token());
    Map<String, Object> variables = opened.variables();
    if (!token.own().isEmpty()) {
      variables = new LinkedHashMap<>(token.own());
      variables.putAll(opened.variables());
      put(token.withoutOwn());
    }
    put(
        new Scope(
            state.used(opened.scope()),
            token.scope(),
            token.id(),
            opened.element(),
            variables,
            List.of()));
  }

  /** What it owned has been taken away by events of its own before. */
  private void close(Event.ScopeClosed closed) {
    if (!state.isEmpty(closed.scope()) || !state.waitsOf(closed.scope()).isEmpty()) {
      throw new IllegalStateException("there is still something in scope " + closed.scope());
    }
    state.scopeRows().remove(closed.scope());
  }

  private void applyToWaits(Event event) {
    if (event instanceof Event.WaitOpened opened) {
      state.used(opened.opened().id());
      put(opened.opened());
    } else if (event instanceof Event.WaitClosed closed) {
      state.waitRows().remove(closed.waitId());
    } else if (event instanceof Event.TaskClaimed claimed) {
      put(state.wait(claimed.waitId()).withAssignee(claimed.user()));
    } else if (event instanceof Event.AttemptOrdered ordered) {
      put(state.wait(ordered.waitId()).withAttempts(ordered.attempt(), ordered.attemptsLeft()));
    } else if (event instanceof Event.IncidentRaised raised) {
      Incident incident = raised.incident();
      state.used(incident.id());
      state.incidentRows().put(incident);
      Wait wait = state.findWait(incident.waitId());
      if (wait != null) {
        put(wait.withAttempts(wait.attempt(), 0));
      }
    } else if (event instanceof Event.IncidentResolved resolved) {
      state.incidentRows().remove(resolved.incident());
    }
  }

  private void applyToInstance(Event event) {
    Head head = state.head();
    if (event instanceof Event.Started started) {
      state.change(head.started(started.businessKey(), started.priority(), at));
      put(
          new Scope(
              state.used(Scope.ROOT), Scope.NONE, Scope.NONE, "", started.variables(), List.of()));
    } else if (event instanceof Event.Migrated migrated) {
      Renaming names = new Renaming(migrated.elements(), migrated.flows());
      state.tokenRows().replaceAll(token -> token.renamed(names));
      state.scopeRows().replaceAll(scope -> scope.renamed(names));
      state.waitRows().replaceAll(wait -> wait.renamed(names));
    } else if (event instanceof Event.Suspended) {
      state.change(head.with(Status.SUSPENDED));
    } else if (event instanceof Event.Resumed) {
      state.change(head.with(Status.RUNNING));
    } else if (event instanceof Event.Ended ended) {
      state.change(head.ended(ended, at));
    }
  }
}
