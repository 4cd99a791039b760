package org.millrace.kernel.element;

import java.util.List;
import java.util.Map;
import org.millrace.kernel.Step;
import org.millrace.kernel.element.EventDefinition.ErrorThrow;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.graph.Work;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/**
 * A service or send task: work of a stage. BPMN 2.0 section 13.3.3.
 *
 * @param failures the first that holds when the work is done makes an error of it
 */
public record ServiceTask(Node node, Mappings mappings, Work work, List<Failure> failures)
    implements Activity {

  /** An error that work that is done can turn out to be. */
  public record Failure(Expression condition, ErrorThrow error) {}

  public ServiceTask(Node node, Mappings mappings, Work work) {
    this(node, mappings, work, List.of());
  }

  @Override
  public void enter(Step step, Token token) {
    step.waits().awaitWork(step.scopes().begin(token, this), this);
  }

  @Override
  public void answered(Step step, Wait wait, Map<String, Object> variables) {
    Scope scope = step.state().scope(wait.scope());
    for (Failure failure : failures) {
      if (step.variables().holds(failure.condition(), scope.id(), variables)) {
        step.variables().merge(scope.id(), variables);
        Map<String, Object> seen = step.variables().seen(scope.id(), Map.of());
        step.throwError(step.state().token(scope.token()), failure.error(), seen);
        return;
      }
    }
    step.scopes().complete(scope, variables);
  }
}
