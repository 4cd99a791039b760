package org.millrace.kernel.element;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.graph.Work;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/**
 * An intermediate throw event, or an end event: one that no flow leaves, so that its token is
 * consumed. BPMN 2.0 sections 10.5.3 and 10.5.4.
 */
public record ThrowEvent(Node node, EventDefinition definition) implements Element {

  @Override
  public void enter(Step step, Token token) {
    if (definition instanceof EventDefinition.SendMessage) {
      step.waits().awaitWork(step.scopes().open(token), this);
    } else if (definition instanceof EventDefinition.ErrorCode error) {
      step.throwError(token, error.code() == null ? "" : error.code());
    } else if (definition instanceof EventDefinition.CompensationThrow compensation) {
      compensate(step, token, compensation);
    } else if (definition instanceof EventDefinition.Cancel) {
      if (!step.transactions().cancel(token)) {
        step.transactions().cancelled(token);
      }
    } else if (definition instanceof EventDefinition.Terminate) {
      step.terminate(token);
    } else {
      step.leave(token);
    }
  }

  private void compensate(Step step, Token token, EventDefinition.CompensationThrow thrown) {
    if (!thrown.waits()) {
      step.compensateAside(token, thrown.activity());
      step.leave(token);
    } else if (!step.compensate(token, thrown.activity())) {
      step.leave(token);
    }
  }

  /** The message is sent. */
  @Override
  public void answered(Step step, Wait wait, Map<String, Object> variables) {
    step.variables().merge(wait.scope(), variables);
    step.leave(step.waits().arrive(wait, id()));
  }

  /** All is compensated. */
  @Override
  public void emptied(Step step, Scope scope) {
    step.scopes().close(scope);
    Token token = step.state().token(scope.token());
    if (definition instanceof EventDefinition.Cancel) {
      step.transactions().cancelled(token);
    } else if (definition instanceof EventDefinition.CompensationThrow thrown && !thrown.waits()) {
      step.consume(token);
    } else {
      step.leave(token);
    }
  }

  @Override
  public @Nullable Work work() {
    return definition instanceof EventDefinition.SendMessage send ? send.work() : null;
  }
}
