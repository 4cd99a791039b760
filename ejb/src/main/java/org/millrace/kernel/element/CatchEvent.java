package org.millrace.kernel.element;

import java.util.Map;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/** An intermediate event that is waited for. BPMN 2.0 section 10.5.4. */
public record CatchEvent(Node node, EventDefinition definition) implements Element {

  @Override
  public void enter(Step step, Token token) {
    if (definition instanceof EventDefinition.Link) {
      step.leave(token);
    } else {
      step.waits().await(definition, step.scopes().open(token), id());
    }
  }

  @Override
  public void happened(Step step, Token token) {
    step.leave(token);
  }

  @Override
  public void answered(Step step, Wait wait, Map<String, Object> variables) {
    step.variables().merge(wait.scope(), variables);
    if (step.waits().isWhole(definition, wait)) {
      step.leave(step.waits().arrive(wait, id()));
    }
  }
}
