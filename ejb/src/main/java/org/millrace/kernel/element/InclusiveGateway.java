package org.millrace.kernel.element;

import java.util.Map;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Token;

/**
 * One token from each incoming flow that has one, once no other flow can still bring one; then one
 * on every outgoing flow whose condition holds, else on the default. BPMN 2.0 section 13.4.3.
 */
public record InclusiveGateway(Node node) implements Join {

  @Override
  public void settle(Step step, Token token) {
    Map<String, Token> arrived = step.joins().arrived(this, token.scope());
    if (!step.joins().expectsMore(this, token.scope(), arrived.keySet())) {
      Token first = step.joins().merge(arrived.values());
      step.leave(first);
    }
  }
}
