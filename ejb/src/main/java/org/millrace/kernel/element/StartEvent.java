package org.millrace.kernel.element;

import java.util.Map;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/**
 * Where a process or sub-process begins. BPMN 2.0 section 10.5.2.
 *
 * @param interrupting for one of an event sub-process: whether it ends all else around it
 */
public record StartEvent(
    Node node, boolean interrupting, EventDefinition definition, Mappings mappings)
    implements Element {

  @Override
  public void enter(Step step, Token token) {
    step.data().pass(token, mappings);
    step.leave(token);
  }

  @Override
  public void happened(Step step, Token token) {
    enter(step, token);
  }

  /** Only start events of event sub-processes wait inside an instance. */
  @Override
  public void answered(Step step, Wait wait, Map<String, Object> variables) {
    boolean whole = step.waits().isWhole(definition, wait);
    Map<String, Object> brought = step.data().bring(wait.scope(), mappings, whole, variables);
    if (!whole) {
      return;
    }
    if (!interrupting) {
      step.waits().rearm(definition, wait);
    }
    step.scopes().beginEventSubProcess(step.state().scope(wait.scope()), this, brought);
  }
}
