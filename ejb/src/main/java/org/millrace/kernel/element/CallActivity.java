package org.millrace.kernel.element;

import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Call;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Token;

/** Calls another process, and waits for the instance's end. BPMN 2.0 section 13.3.5. */
public record CallActivity(Node node, Mappings mappings, Call call) implements Activity {

  @Override
  public void enter(Step step, Token token) {
    step.calls().begin(step.scopes().begin(token, this), this);
  }
}
