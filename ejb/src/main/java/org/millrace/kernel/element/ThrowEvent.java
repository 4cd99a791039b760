package org.millrace.kernel.element;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.graph.Work;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/**
 * An intermediate throw event, or an end event: one that no flow leaves, so that its token is
 * consumed. BPMN 2.0 sections 10.5.3 and 10.5.4.
 */
public record ThrowEvent(Node node, EventDefinition definition, Mappings mappings)
    implements Element {

  /** All that is thrown at once goes before that which has to be waited for, or ends all. */
  @Override
  public void enter(Step step, Token token) {
    Map<String, Object> own = step.data().inputs(token, mappings);
    Map<String, Object> seen = step.variables().seen(token.scope(), own);
    for (EventDefinition part : definition.parts()) {
      passes(step, token, part, seen);
      if (step.state().findToken(token.id()) == null) {
        return; // It has ended itself.
      }
    }
    for (EventDefinition part : definition.parts()) {
      if (part instanceof EventDefinition.SendMessage) {
        step.waits().awaitWork(step.scopes().open(token, own), this);
        return;
      } else if (stays(step, token, part, seen)) {
        return;
      }
    }
    leave(step, token);
  }

  private void leave(Step step, Token token) {
    step.data().pass(token, mappings);
    step.leave(token);
  }

  /** Throws what the token can go on from, unless that ends it. */
  private static void passes(
      Step step, Token token, EventDefinition part, Map<String, Object> seen) {
    if (part instanceof SignalDefinition signal) {
      signal.raise(step, seen);
    } else if (part instanceof EventDefinition.EscalationThrow escalation) {
      step.throwEscalation(
          token, step.variables().text(escalation.code(), seen, "an escalation code"));
    }
  }

  /** Throws what the token stays for, or ends with; says whether it is that. */
  private boolean stays(Step step, Token token, EventDefinition part, Map<String, Object> seen) {
    if (part instanceof EventDefinition.ErrorThrow error) {
      step.throwError(token, error, seen);
    } else if (part instanceof EventDefinition.CompensationThrow compensation) {
      compensate(step, token, compensation);
    } else if (part instanceof EventDefinition.Cancel) {
      if (!step.transactions().cancel(token)) {
        step.transactions().cancelled(token);
      }
    } else if (part instanceof EventDefinition.Terminate terminate) {
      step.terminate(token, terminate.extent());
    } else {
      return false;
    }
    return true;
  }

  private void compensate(Step step, Token token, EventDefinition.CompensationThrow thrown) {
    if (!thrown.waits()) {
      step.compensateAside(token, thrown.activity());
      leave(step, token);
    } else if (!step.compensate(token, thrown.activity())) {
      leave(step, token);
    }
  }

  private static boolean isAside(EventDefinition part) {
    return part instanceof EventDefinition.CompensationThrow thrown && !thrown.waits();
  }

  /** The message is sent. */
  @Override
  public void answered(Step step, Wait wait, Map<String, Object> variables) {
    step.data().take(wait.scope(), mappings, variables);
    step.data().give(step.state().scope(wait.scope()), mappings);
    step.leave(step.waits().arrive(wait, id()));
  }

  /** All is compensated. */
  @Override
  public void emptied(Step step, Scope scope) {
    step.scopes().close(scope);
    Token token = step.state().token(scope.token());
    if (definition.parts().stream().anyMatch(EventDefinition.Cancel.class::isInstance)) {
      step.transactions().cancelled(token);
    } else if (definition.parts().stream().anyMatch(ThrowEvent::isAside)) {
      step.consume(token);
    } else {
      leave(step, token);
    }
  }

  @Override
  public @Nullable Work work() {
    return definition.parts().stream()
        .filter(EventDefinition.SendMessage.class::isInstance)
        .map(part -> ((EventDefinition.SendMessage) part).work())
        .findFirst()
        .orElse(null);
  }
}
