package org.millrace.kernel.element;

import java.util.Map;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Scope;
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

  /** A message has come that begins the process; where others are to come too, waits for these. */
  public void begin(Step step, Token token, String message) {
    if (!(definition instanceof MultipleDefinition several) || !several.parallel()) {
      happened(step, token);
      return;
    }
    Scope scope = step.scopes().open(token, step.data().inputs(token, mappings));
    step.waits().await(definition, scope, id());
    step.state().waitsOf(scope.id()).stream()
        .filter(wait -> message.equals(wait.name()))
        .findFirst()
        .ifPresent(wait -> answered(step, wait, Map.of()));
  }

  /**
   * Start events wait inside an instance where an event sub-process begins with them, or where the
   * process is to begin with several messages and the first one has come.
   */
  @Override
  public void answered(Step step, Wait wait, Map<String, Object> variables) {
    if (step.state().scope(wait.scope()).element().equals(id())) {
      step.data().take(wait.scope(), mappings, variables);
      if (step.waits().isWhole(definition, wait)) {
        step.data().give(step.state().scope(wait.scope()), mappings);
        step.leave(step.waits().arrive(wait, id()));
      }
      return;
    }
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
