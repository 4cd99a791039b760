package org.millrace.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.element.CallActivity;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Call;
import org.millrace.kernel.graph.Call.Passing;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.state.Escalation;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Wait;

/**
 * Calls of other processes: each is a wait that the called instance answers when it ends. Which
 * instance that is follows from the wait and its attempt, so that the same call made twice is one.
 */
public record Calls(Step step) {

  /** Calls what a call activity calls. */
  public void begin(Scope scope, CallActivity activity) {
    Wait wait = Wait.call(step.nextId(), scope.id(), activity.id());
    step.waits().await(wait);
    send(wait);
  }

  /** Calls again; where that has happened already, the called instance says again how it ended. */
  void resume(Wait wait) {
    EvaluationException reason = step.attempt(() -> send(wait));
    if (reason != null) {
      step.incidents().raise(wait, String.valueOf(reason.getMessage()), null);
    }
  }

  private void send(Wait wait) {
    Call call = activity(wait).call();
    String process = text(call.process(), wait.scope(), "the id of the process to be called");
    step.effect(
        new Effect.StartCalled(
            wait,
            new Effect.Callee(process, call.binding(), version(call, wait.scope())),
            businessKey(call, wait.scope()),
            step.state().priority(),
            passIn(call, wait.scope())));
  }

  private CallActivity activity(Wait wait) {
    return (CallActivity) step.graph().element(wait.element());
  }

  private @Nullable String version(Call call, int scope) {
    if (call.version() == null) {
      return null;
    }
    String version = text(call.version(), scope, "the version to be called");
    return call.binding().check(version);
  }

  private @Nullable String businessKey(Call call, int scope) {
    if (call.businessKey() == null) {
      return call.inheritsKey() ? step.state().businessKey() : null;
    }
    Object key = step.variables().evaluate(call.businessKey(), scope);
    return key == null ? null : Names.require("the called instance's business key", key);
  }

  private String text(Expression expression, int scope, String what) {
    Object value = step.variables().evaluate(expression, scope);
    if (value == null || String.valueOf(value).isBlank()) {
      throw new EvaluationException(
          "\"%s\" has no value: it gives %s".formatted(expression.source(), what));
    }
    return Names.require(what, String.valueOf(value).strip());
  }

  private Map<String, Object> passIn(Call call, int scope) {
    Map<String, Object> own = step.state().scope(scope).variables();
    Map<String, Object> seen = step.state().visibleFrom(scope);
    Map<String, Object> passed = new LinkedHashMap<>();
    for (Passing in : call.in()) {
      pass(in, in.own() ? own : seen, passed);
    }
    return passed;
  }

  private void pass(Passing one, Map<String, Object> from, Map<String, Object> to) {
    Mapping mapping = one.mapping();
    if (mapping == null) {
      to.putAll(from);
    } else {
      to.put(mapping.target(), mapping.source().evaluate(from, step.now()));
    }
  }

  /** The called instance has ended. */
  void ended(Wait wait, Command.CalledEnded called) {
    if (called.status() == Status.CANCELLED) {
      step.incidents().raise(wait, "the called instance was cancelled", null);
      // To call again is to call another one.
      step.emit(new Event.AttemptOrdered(wait.id(), wait.attempt() + 1, 0));
      return;
    }
    EvaluationException reason = step.attempt(() -> answer(wait, called));
    if (reason != null) {
      step.incidents().raise(wait, String.valueOf(reason.getMessage()), null);
    }
  }

  private void answer(Wait wait, Command.CalledEnded called) {
    step.emit(new Event.WaitClosed(wait.id())); // Nothing is left to be cancelled.
    Scope scope = step.state().scope(wait.scope());
    passOut(activity(wait).call().out(), scope, called.variables());
    if (called.status() == Status.FAILED) {
      String code = called.code() == null ? "" : called.code();
      step.throwError(step.state().token(scope.token()), code, called.message());
    } else {
      step.scopes().complete(step.state().scope(scope.id()), Map.of());
    }
  }

  /** The called instance goes on, unless what catches the escalation ends the call. */
  void escalated(Wait wait, Escalation called) {
    Scope scope = step.state().scope(wait.scope());
    passOut(activity(wait).call().out(), scope, called.variables());
    step.throwEscalation(step.state().token(scope.token()), called.code());
  }

  /** What is not the activity's own belongs around it, though it may hide some of that. */
  private void passOut(List<Passing> out, Scope scope, Map<String, Object> left) {
    Map<String, Object> own = new LinkedHashMap<>();
    Map<String, Object> around = new LinkedHashMap<>();
    for (Passing one : out) {
      pass(one, left, one.own() ? own : around);
    }
    if (!own.isEmpty()) {
      step.variables().set(scope.id(), own);
    }
    step.variables().merge(scope.id(), around);
  }
}
