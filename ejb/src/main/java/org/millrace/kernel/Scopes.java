package org.millrace.kernel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.SubProcess;
import org.millrace.kernel.element.ThrowEvent;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/**
 * The life of activities and of all else that holds something while a token stays at it: a scope
 * owns variables, waits, tokens of its own, and what can be compensated in it.
 */
public record Scopes(Step step) {

  /** Opens a scope without variables for the token's stay. */
  public Scope open(Token token) {
    return open(token, Map.of());
  }

  /** Opens a scope with these variables for the token's stay. */
  public Scope open(Token token, Map<String, Object> variables) {
    int id = step.nextId();
    step.emit(new Event.ScopeOpened(id, token.id(), token.element(), variables));
    return step.state().scope(id);
  }

  /**
   * Begins an activity: its input mappings, each of which sees those before it, its scope, its
   * boundary events, its listeners. For one of several runs the boundary events are on the scope
   * around all.
   */
  public Scope begin(Token token, Activity activity) {
    Scope scope = open(token, step.data().inputs(token, activity.mappings()));
    if (token.run() == 0) {
      armBoundaryEvents(scope, activity);
    }
    step.listeners().begin(scope, activity);
    return scope;
  }

  void armBoundaryEvents(Scope scope, Activity activity) {
    for (BoundaryEvent boundary : step.graph().boundaries(activity.id())) {
      step.waits().await(boundary.definition(), scope, boundary.id());
    }
  }

  /** Completes an activity with what it gave back: listeners, output mappings, compensation, on. */
  public void complete(Scope scope, Map<String, Object> result) {
    Activity activity = (Activity) step.graph().element(scope.element());
    Token token = step.state().token(scope.token());
    // What it gave back, and then what is made of that, can make a condition hold that interrupts
    // it.
    step.data().take(scope.id(), activity.mappings(), result);
    step.conditions().look();
    if (step.state().findToken(token.id()) == null) {
      return;
    }
    step.listeners().complete(scope, activity);
    giveBack(scope, activity);
    step.conditions().look();
    if (step.state().findToken(token.id()) == null) {
      return;
    }
    boolean isRun = token.run() != 0;
    boolean enough = isRun && step.loops().complete(scope, token, activity);
    Scope last = step.state().scope(scope.id());
    close(last);
    step.compensations().keep(last, token, activity);
    if (isRun) {
      step.loops().end(token, activity, enough);
    } else {
      step.leave(token);
    }
  }

  private void giveBack(Scope scope, Activity activity) {
    if (!activity.mappings().outputs().isEmpty()) {
      Map<String, Object> out = step.data().outputs(scope, activity.mappings());
      step.loops().keepResults(scope, activity, out);
      step.variables().merge(scope.parent(), out);
    }
  }

  /** Ends a scope and what it waits for; its token stays where it is. */
  public void close(Scope scope) {
    step.state().waitsOf(scope.id()).forEach(step.waits()::close);
    step.incidents().forget(step.state().token(scope.token()));
    step.emit(new Event.ScopeClosed(scope.id()));
  }

  /** Takes a token away, and all that happens in the scope that it holds. */
  public void cancel(Token token) {
    cancel(token, List.of());
  }

  /**
   * Like {@link #cancel(Token)}.
   *
   * @param failed the tokens whose activities failed by it
   */
  void cancel(Token token, List<Integer> failed) {
    Scope held = heldBy(token);
    step.listeners().cancel(token, held);
    if (held != null) {
      cancelWithin(held.id(), failed);
      close(held);
    }
    step.incidents().forget(token);
    step.emit(new Event.TokenCancelled(token.id(), failed.contains(token.id())));
  }

  void cancelWithin(int scope, List<Integer> failed) {
    step.state().tokensIn(scope).forEach(token -> cancel(token, failed));
  }

  @Nullable Scope heldBy(Token token) {
    return step.state().heldBy(token.id());
  }

  /** Takes away all in a scope but one token, and what the scope waits for. */
  void cancelAround(Token remaining) {
    for (Token token : step.state().tokensIn(remaining.scope())) {
      if (token.id() != remaining.id()) {
        cancel(token);
      }
    }
    step.state().waitsOf(remaining.scope()).forEach(step.waits()::close);
  }

  /** The id of the process or element whose scope it is. */
  String container(Scope scope) {
    return scope.id() == Scope.ROOT ? step.graph().id() : scope.element();
  }

  /** Arms the event sub-processes that lie directly in a scope. */
  public void armEventSubProcesses(Scope scope) {
    for (SubProcess subProcess : step.graph().eventSubProcesses(container(scope))) {
      for (StartEvent start : step.graph().starts(subProcess.id())) {
        step.waits().await(start.definition(), scope, start.id());
      }
    }
  }

  /**
   * Begins an event sub-process; an interrupting one first ends all else in the scope around it.
   *
   * @param brought what only the start event's mappings see
   */
  public void beginEventSubProcess(Scope around, StartEvent start, Map<String, Object> brought) {
    beginEventSubProcess(around, start, brought, List.of());
  }

  /**
   * Like {@link #beginEventSubProcess(Scope, StartEvent, Map)}.
   *
   * @param failed the tokens whose activities failed by it
   */
  void beginEventSubProcess(
      Scope around, StartEvent start, Map<String, Object> brought, List<Integer> failed) {
    if (start.interrupting()) {
      cancelWithin(around.id(), failed);
      step.state().waitsOf(around.id()).stream()
          .filter(wait -> step.graph().element(wait.element()) instanceof StartEvent)
          .toList()
          .forEach(step.waits()::close);
    }
    SubProcess subProcess = (SubProcess) step.graph().element(start.node().parent());
    subProcess.begin(step, step.create(around.id(), subProcess.id()), start, brought);
  }

  boolean isEventSubProcess(Scope scope) {
    return scope.id() != Scope.ROOT
        && step.graph().element(scope.element()) instanceof SubProcess subProcess
        && subProcess.triggeredByEvent();
  }

  /**
   * Whether it is the scope of a completed sub-process that stands open again, for what compensates
   * within it. Its token was put there: it came by no flow.
   */
  public boolean isReopened(Scope scope) {
    if (scope.id() == Scope.ROOT
        || step.state().token(scope.token()).flow() != null
        || step.graph().isCompensationHandler(scope.element())
        || !(step.graph().element(scope.element()) instanceof SubProcess)) {
      return false;
    }
    Scope parent = step.state().scope(scope.parent());
    return isReopened(parent)
        || (parent.id() != Scope.ROOT
            && step.graph().element(parent.element()) instanceof ThrowEvent);
  }

  /** All in a completed sub-process is compensated. */
  public void closeReopened(Scope reopened) {
    close(reopened);
    step.consume(step.state().token(reopened.token()));
  }
}
