package org.millrace.kernel.element;

import java.util.Map;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/** An intermediate event that is waited for. BPMN 2.0 section 10.5.4. */
public record CatchEvent(Node node, EventDefinition definition, Mappings mappings)
    implements Element {

  @Override
  public void enter(Step step, Token token) {
    if (definition instanceof EventDefinition.Link) {
      step.leave(token);
    } else {
      Scope scope = step.scopes().open(token, step.data().inputs(token, mappings));
      step.waits().await(definition, scope, id());
    }
  }

  @Override
  public void happened(Step step, Token token) {
    step.data().pass(token, mappings);
    step.leave(token);
  }

  @Override
  public void answered(Step step, Wait wait, Map<String, Object> variables) {
    step.data().take(wait.scope(), mappings, variables);
    if (step.waits().isWhole(definition, wait)) {
      step.data().give(step.state().scope(wait.scope()), mappings);
      step.leave(step.waits().arrive(wait, id()));
    }
  }
}
