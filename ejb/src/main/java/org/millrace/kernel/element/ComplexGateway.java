package org.millrace.kernel.element;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/**
 * Waits for its start until its condition holds, and then for its reset until each other incoming
 * flow has brought its token or no longer can. BPMN 2.0 section 13.4.5.
 *
 * <p>While it waits for its reset a token stays here with a scope, which remembers the flows that
 * the start was by. In this scope {@code waitingForStart} says to the conditions of the outgoing
 * flows which of the two it is. The reset sends nothing along a flow that has no condition.
 *
 * @param activation sees {@code activationCount}, the number of tokens that have come, and by the
 *     id of each incoming flow the number of those that came by it; null: each token starts it, and
 *     nothing is to be reset
 */
public record ComplexGateway(Node node, @Nullable Expression activation) implements Join {

  private static final String WAITING_FOR_START = "waitingForStart";
  private static final String STARTED_BY = "startedBy";

  @Override
  public void settle(Step step, Token token) {
    Scope waiting = step.joins().held(this, token.scope());
    if (waiting != null) {
      reset(step, waiting);
    } else if (activation == null) {
      step.leave(token);
    } else if (step.joins().activates(activation, this, token.scope())) {
      start(step, token.scope());
    }
  }

  private void start(Step step, int around) {
    Map<String, Token> arrived = step.joins().arrived(this, around);
    Token first = step.joins().merge(arrived.values());
    List<Object> flows = new ArrayList<>(arrived.keySet());
    Scope scope = step.scopes().open(first, Map.of(WAITING_FOR_START, true, STARTED_BY, flows));
    List<Flow> open = step.open(node, scope.id());
    for (Flow flow : open.isEmpty() ? step.defaultFlow(node) : open) {
      step.send(around, flow);
    }
    step.variables().set(scope.id(), Map.of(WAITING_FOR_START, false));
  }

  private void reset(Step step, Scope waiting) {
    Set<String> startedBy = new HashSet<>();
    if (waiting.variables().get(STARTED_BY) instanceof List<?> flows) {
      flows.forEach(flow -> startedBy.add(String.valueOf(flow)));
    }
    Map<String, Token> arrived = step.joins().arrived(this, waiting.parent());
    Set<String> served = new HashSet<>(arrived.keySet());
    served.addAll(startedBy);
    if (step.joins().expectsMore(this, waiting.parent(), served)) {
      return;
    }
    List<Flow> open =
        step.open(node, waiting.id()).stream().filter(flow -> flow.condition() != null).toList();
    if (open.isEmpty()) {
      open = node.outgoing().stream().filter(this::isDefault).toList();
    }
    open.forEach(flow -> step.send(waiting.parent(), flow));
    arrived.keySet().removeAll(startedBy);
    arrived.values().forEach(step::absorb);
    step.scopes().close(waiting);
    step.consume(step.state().token(waiting.token()));
  }

  private boolean isDefault(Flow flow) {
    return flow.id().equals(node.defaultFlow());
  }
}
