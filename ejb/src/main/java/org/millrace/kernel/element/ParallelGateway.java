package org.millrace.kernel.element;

import java.util.LinkedHashMap;
import java.util.Map;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Token;

/** One token from every incoming flow, then one on every outgoing flow. BPMN 2.0 section 13.4.1. */
public record ParallelGateway(Node node) implements Element {

  @Override
  public void enter(Step step, Token token) {
    if (step.state().countAt(id(), token.scope()) < node.incoming().size()) {
      return;
    }
    Map<String, Token> arrived = new LinkedHashMap<>();
    arrived.put(String.valueOf(token.flow()), token);
    for (Token other : step.tokensAt(id(), token.scope())) {
      arrived.putIfAbsent(String.valueOf(other.flow()), other);
    }
    if (arrived.size() < node.incoming().size()) {
      return;
    }
    arrived.values().stream().filter(other -> other.id() != token.id()).forEach(step::absorb);
    step.take(token, node.outgoing());
  }
}
