package org.millrace.kernel.element;

import java.util.Map;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/**
 * A task that waits for a message. BPMN 2.0 section 13.3.3.
 *
 * @param instantiate whether the message also begins the process, here
 */
public record ReceiveTask(
    Node node, Mappings mappings, EventDefinition.Message definition, boolean instantiate)
    implements Activity {

  @Override
  public void enter(Step step, Token token) {
    step.waits().await(definition, step.scopes().begin(token, this), id());
  }

  @Override
  public void happened(Step step, Token token) {
    step.scopes().complete(step.scopes().begin(token, this), Map.of());
  }

  @Override
  public void answered(Step step, Wait wait, Map<String, Object> variables) {
    Scope scope = step.state().scope(wait.scope());
    if (scope.element().equals(id())) {
      step.scopes().complete(scope, variables);
    } else {
      // It was waited for at an event-based gateway: it is entered and done at once.
      step.scopes().complete(step.scopes().begin(step.waits().arrive(wait, id()), this), variables);
    }
  }
}
