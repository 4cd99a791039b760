package org.millrace.kernel.element;

import java.util.Map;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/**
 * Where a process or sub-process begins. BPMN 2.0 section 10.5.2.
 *
 * @param interrupting for one of an event sub-process: whether it ends all else around it
 */
public record StartEvent(Node node, boolean interrupting, EventDefinition definition)
    implements Element {

  @Override
  public void enter(Step step, Token token) {
    step.leave(token);
  }

  @Override
  public void happened(Step step, Token token) {
    step.leave(token);
  }

  /** Only start events of event sub-processes wait inside an instance. */
  @Override
  public void answered(Step step, Wait wait, Map<String, Object> variables) {
    step.variables().merge(wait.scope(), variables);
    if (!step.waits().isWhole(definition, wait)) {
      return;
    }
    if (!interrupting) {
      step.waits().rearm(definition, wait);
    }
    step.scopes().beginEventSubProcess(step.state().scope(wait.scope()), this);
  }
}
