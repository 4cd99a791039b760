package org.millrace.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Work;
import org.millrace.kernel.state.Escalation;
import org.millrace.kernel.state.Incident;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/** Failed attempts, what is left of them, and what stands when none is left. */
record Incidents(Step step) {

  /** A token cannot begin, or not go on from, its element. */
  void raise(Token token, boolean leaving, EvaluationException reason) {
    raise(token.id(), Scope.NONE, leaving, String.valueOf(reason.getMessage()), null, 1);
  }

  /** A wait cannot be answered. */
  void raise(Wait wait, String message, @Nullable String details) {
    Scope scope = step.state().scope(wait.scope());
    raise(scope.token(), wait.id(), false, message, details, wait.attempt());
  }

  private void raise(
      int token,
      int wait,
      boolean leaving,
      String message,
      @Nullable String details,
      int attempts) {
    step.emit(
        new Event.IncidentRaised(
            new Incident(
                step.nextId(), token, wait, leaving, message, details, attempts, step.now())));
  }

  /**
   * What a called instance escalates has not been heard: a retry tells it. Where an incident stands
   * at the call already, that one is for it, too.
   */
  void lose(Wait wait, Escalation escalation, String message) {
    Scope scope = step.state().scope(wait.scope());
    Incident standing =
        step.state().incidentsAt(wait.id()).stream()
            .findFirst()
            .orElseGet(
                () ->
                    new Incident(
                        0,
                        scope.token(),
                        wait.id(),
                        false,
                        message,
                        null,
                        wait.attempt(),
                        step.now()));
    forget(wait);
    step.emit(new Event.IncidentRaised(standing.with(step.nextId(), escalation)));
  }

  /** An attempt failed: the next one is ordered, or an incident stands. */
  void fail(Wait wait, Command.Fail failure) {
    step.emit(
        new Event.AttemptFailed(wait.id(), wait.attempt(), failure.message(), failure.details()));
    Work work = step.graph().element(wait.element()).work();
    int left = wait.attemptsLeft() - 1;
    if (work != null && failure.retry() && left > 0) {
      order(wait, left);
      step.waits().send(step.state().wait(wait.id()), work.before(work.attempts() - left + 1));
    } else {
      raise(wait, failure.message(), failure.details());
    }
  }

  private void order(Wait wait, int left) {
    step.emit(new Event.AttemptOrdered(wait.id(), wait.attempt() + 1, left));
  }

  /** A person wants it tried again, with all attempts anew. */
  void retry(Incident incident) {
    step.emit(new Event.IncidentResolved(incident.id()));
    Wait wait = step.state().findWait(incident.waitId());
    if (wait == null) {
      Token token = step.state().token(incident.token());
      if (incident.leaving()) {
        step.leave(token);
      } else {
        step.enter(token);
      }
    } else {
      if (wait.kind() == Wait.Kind.CALL) {
        step.emit(new Event.AttemptOrdered(wait.id(), wait.attempt(), 1));
      } else {
        Work work = step.graph().element(wait.element()).work();
        order(wait, work == null ? 1 : work.attempts());
      }
      incident.lost().forEach(escalation -> tell(wait.id(), escalation));
      Wait standing = step.state().findWait(wait.id());
      if (standing != null) {
        step.waits().resume(standing);
      }
    }
  }

  /** Unless the one before has ended the call. */
  private void tell(int call, Escalation escalation) {
    Wait wait = step.state().findWait(call);
    if (wait != null) {
      step.calls().escalated(wait, escalation);
    }
  }

  /** Whether the token has done all at its element and only cannot go on from it. */
  boolean standsLeaving(Token token) {
    Incident incident = step.state().incidentOn(token.id());
    return incident != null && incident.leaving();
  }

  void forget(Token token) {
    forget(step.state().incidentsOf(token.id()));
  }

  void forget(Wait wait) {
    forget(step.state().incidentsAt(wait.id()));
  }

  private void forget(List<Incident> incidents) {
    incidents.forEach(incident -> step.emit(new Event.IncidentResolved(incident.id())));
  }
}
