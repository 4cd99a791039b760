package org.millrace.kernel.element;

import java.util.List;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Token;

/** The first flow whose condition holds, else the default. BPMN 2.0 section 13.4.2. */
public record ExclusiveGateway(Node node) implements Element {

  @Override
  public void enter(Step step, Token token) {
    for (Flow flow : node.outgoing()) {
      if (!flow.id().equals(node.defaultFlow()) && step.variables().holds(flow, token.scope())) {
        step.take(token, List.of(flow));
        return;
      }
    }
    step.take(token, step.defaultFlow(node));
  }
}
