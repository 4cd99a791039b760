package org.millrace.kernel;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.ThrowEvent;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Token;

/**
 * Errors on their way outwards. In each scope an event sub-process goes before a boundary event,
 * and one that names the error before one that catches all. BPMN 2.0 section 10.5.6.
 */
record Errors(Step step) {

  /** Goes outwards from a token until it is caught; uncaught, it fails the instance. */
  void raise(Token token, String code) {
    List<Integer> failed = new ArrayList<>();
    if (step.graph().element(token.element()) instanceof ThrowEvent end
        && end.definition() instanceof EventDefinition.ErrorCode) {
      step.absorb(token); // An end event that throws has done what it is for; it has not failed.
    } else {
      failed.add(token.id());
    }
    Token thrower = token;
    while (true) {
      BoundaryEvent boundary = boundary(thrower, code);
      if (boundary != null) {
        step.scopes().cancel(thrower, failed);
        step.enter(step.create(thrower.scope(), boundary.id()));
        return;
      }
      Scope around = step.state().scope(thrower.scope());
      StartEvent start = start(thrower, around, code);
      if (start != null) {
        step.scopes().beginEventSubProcess(around, start, failed);
        return;
      }
      if (around.id() == Scope.ROOT) {
        step.scopes().cancelWithin(Scope.ROOT, failed);
        step.end(Status.FAILED, code);
        return;
      }
      thrower = step.state().token(around.token());
      failed.add(thrower.id());
    }
  }

  /**
   * Nothing is caught on a sub-process that has completed and is being compensated, nor on one of
   * several runs, but on all of them.
   */
  private @Nullable BoundaryEvent boundary(Token thrower, String code) {
    if (thrower.run() != 0) {
      return null;
    }
    Scope held = step.scopes().heldBy(thrower);
    if (held != null && step.scopes().isReopened(held)) {
      return null;
    }
    return step.graph().boundaries(thrower.element()).stream()
        .filter(boundary -> catches(boundary.definition(), code))
        .findFirst()
        .orElse(null);
  }

  /** An event sub-process catches what is thrown beside it, not what it throws itself. */
  private @Nullable StartEvent start(Token thrower, Scope around, String code) {
    if (around.runs() != null || step.scopes().isReopened(around)) {
      return null;
    }
    return step.graph().eventSubProcesses(step.scopes().container(around)).stream()
        .filter(subProcess -> !subProcess.id().equals(thrower.element()))
        .flatMap(subProcess -> step.graph().starts(subProcess.id()).stream())
        .filter(start -> catches(start.definition(), code))
        .min(comparing(start -> start.definition().catchesAll()))
        .orElse(null);
  }

  private static boolean catches(EventDefinition definition, String code) {
    return definition instanceof EventDefinition.ErrorCode error && error.catches(code);
  }
}
