package org.millrace.kernel.element;

import java.util.Map;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Token;

/** A task that the engine has nothing to do for: the abstract task. BPMN 2.0 section 13.3.3. */
public record PassTask(Node node, Mappings mappings) implements Activity {

  @Override
  public void enter(Step step, Token token) {
    step.scopes().complete(step.scopes().begin(token, this), Map.of());
  }
}
