package org.millrace.kernel.element;

import java.util.Map;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/**
 * An event on the border of an activity. BPMN 2.0 section 10.5.4.
 *
 * @param interrupting whether it ends the activity
 */
public record BoundaryEvent(
    Node node,
    String attachedTo,
    boolean interrupting,
    EventDefinition definition,
    Mappings mappings)
    implements Element {

  @Override
  public void enter(Step step, Token token) {
    step.data().pass(token, mappings);
    step.leave(token);
  }

  @Override
  public void answered(Step step, Wait wait, Map<String, Object> variables) {
    Scope activity = step.state().scope(wait.scope());
    Token resting = step.state().token(activity.token());
    boolean whole = step.waits().isWhole(definition, wait);
    Map<String, Object> brought = step.data().bring(resting.scope(), mappings, whole, variables);
    if (!whole) {
      return;
    }
    if (interrupting) {
      step.scopes().cancel(resting);
    } else {
      step.waits().rearm(definition, wait);
    }
    step.enter(step.create(resting.scope(), id(), brought));
  }
}
