package org.millrace.kernel.element;

import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/**
 * The first of several events decides the way. BPMN 2.0 section 13.4.4. The waits are told to the
 * events behind the gateway; the first one answered closes the gateway's scope, and with it all.
 *
 * @param instantiate whether the events begin the process
 * @param parallel for one that begins it: whether all its events are to happen, in any order
 */
public record EventBasedGateway(Node node, boolean instantiate, boolean parallel)
    implements Element {

  /** Begins the process by the event that this flow leads to. */
  public void begin(Step step, Token token, Flow first) {
    step.graph().element(first.target()).happened(step, step.pass(token, first));
    if (parallel) {
      node.outgoing().stream()
          .filter(flow -> !flow.equals(first))
          .forEach(flow -> step.send(token.scope(), flow));
    }
  }

  @Override
  public void enter(Step step, Token token) {
    Scope scope = step.scopes().open(token);
    for (Flow flow : node.outgoing()) {
      Element target = step.graph().element(flow.target());
      if (target instanceof CatchEvent event) {
        step.waits().await(event.definition(), scope, event.id());
      } else if (target instanceof ReceiveTask task) {
        step.waits().await(task.definition(), scope, task.id());
      }
    }
  }
}
