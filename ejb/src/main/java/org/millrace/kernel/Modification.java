package org.millrace.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.SubProcess;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Token;

/**
 * Tokens are taken away here and put there, at a person's word. What is left empty by it ends as
 * cancelled, and only after all is started: so an activity changes its place within a sub-process
 * without ending that.
 */
record Modification(Step step) {

  @Nullable Rejected carryOut(Command.Modify modify) {
    Set<Integer> left = new LinkedHashSet<>();
    for (String element : modify.cancel()) {
      List<Token> tokens =
          step.state().tokens().stream().filter(token -> token.element().equals(element)).toList();
      if (tokens.isEmpty()) {
        return invalid("nothing is at \"%s\" that could be cancelled".formatted(element));
      }
      for (Token token : tokens) {
        // Some may be gone with one that they were in.
        if (step.state().findToken(token.id()) != null) {
          step.scopes().cancel(token);
          left.add(token.scope());
        }
      }
    }
    if (!modify.variables().isEmpty()) {
      step.variables().set(Scope.ROOT, modify.variables());
    }
    for (String element : modify.startBefore()) {
      Rejected rejected = start(element);
      if (rejected != null) {
        return rejected;
      }
    }
    left.forEach(this::endIfEmpty);
    return null;
  }

  private @Nullable Rejected start(String id) {
    if (!step.graph().has(id)) {
      return invalid("there is no element \"%s\" to start before".formatted(id));
    }
    Element element = step.graph().element(id);
    String reason = whyNot(element);
    if (reason != null) {
      return invalid("\"%s\" cannot be started before: %s".formatted(id, reason));
    }
    Deque<SubProcess> around = new ArrayDeque<>();
    String container = element.node().parent();
    while (step.graph().has(container)
        && step.graph().element(container) instanceof SubProcess subProcess) {
      around.push(subProcess);
      container = subProcess.node().parent();
    }
    int scope = Scope.ROOT;
    for (SubProcess subProcess : around) {
      List<Scope> open = open(subProcess, scope);
      if (open.size() > 1) {
        return invalid(
            "\"%s\" is in \"%s\", which is active %d times"
                .formatted(id, subProcess.id(), open.size()));
      }
      if (open.isEmpty() && subProcess.loop() != null) {
        return invalid(
            "\"%s\" is in \"%s\", which is done several times: start before that"
                .formatted(id, subProcess.id()));
      }
      scope = open.isEmpty() ? subProcess.open(step, scope).id() : open.get(0).id();
      if (subProcess.adHoc() != null
          && subProcess.adHoc().sequential()
          && !step.state().isEmpty(scope)) {
        return invalid("in \"%s\" one element is active at a time".formatted(subProcess.id()));
      }
    }
    step.enter(step.create(scope, id));
    return null;
  }

  private static @Nullable String whyNot(Element element) {
    if (element instanceof SubProcess subProcess && subProcess.triggeredByEvent()) {
      return "an event begins it; its start event can be";
    }
    return element instanceof BoundaryEvent boundary
            && boundary.definition() instanceof EventDefinition.CompensationBoundary
        ? "it only says what compensates"
        : null;
  }

  /**
   * The scopes in which a sub-process runs within another scope: directly, or as one of several
   * runs.
   */
  private List<Scope> open(SubProcess subProcess, int within) {
    List<Scope> open = new ArrayList<>();
    for (Scope scope : step.state().scopes()) {
      if (scope.id() != Scope.ROOT
          && scope.element().equals(subProcess.id())
          && scope.runs() == null
          && around(scope) == within
          && !step.scopes().isReopened(scope)) {
        open.add(scope);
      }
    }
    return open;
  }

  private int around(Scope scope) {
    boolean isRun = step.state().token(scope.token()).run() != 0;
    return isRun ? step.state().scope(scope.parent()).parent() : scope.parent();
  }

  /** Ends what the last token was taken from, and then perhaps what that was in. */
  private void endIfEmpty(int id) {
    Scope scope = step.state().findScope(id);
    if (scope == null || !step.state().isEmpty(id) || isAdHoc(scope)) {
      return;
    }
    if (id == Scope.ROOT) {
      step.end(Status.CANCELLED);
    } else {
      step.scopes().cancel(step.state().token(scope.token()));
      endIfEmpty(scope.parent());
    }
  }

  /** Nothing need be active in an ad-hoc sub-process: something may yet be started in it. */
  private boolean isAdHoc(Scope scope) {
    return scope.id() != Scope.ROOT
        && step.graph().element(scope.element()) instanceof SubProcess subProcess
        && subProcess.adHoc() != null;
  }

  private static Rejected invalid(String reason) {
    return new Rejected(Kind.INVALID, reason);
  }
}
