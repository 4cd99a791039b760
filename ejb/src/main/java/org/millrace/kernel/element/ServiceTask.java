package org.millrace.kernel.element;

import java.util.Map;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.graph.Work;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/** A service or send task: work of a stage. BPMN 2.0 section 13.3.3. */
public record ServiceTask(Node node, Mappings mappings, Work work) implements Activity {

  @Override
  public void enter(Step step, Token token) {
    step.waits().awaitWork(step.scopes().begin(token, this), this);
  }

  @Override
  public void answered(Step step, Wait wait, Map<String, Object> variables) {
    step.scopes().complete(step.state().scope(wait.scope()), variables);
  }
}
