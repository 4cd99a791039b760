package org.millrace.kernel.element;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.DecisionCall;
import org.millrace.kernel.graph.Decisions;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/**
 * A business-rule task on a decision; one without is a {@link ServiceTask}. BPMN 2.0 section
 * 13.3.3.
 *
 * @param resultVariable null where its result is of no use
 */
public record BusinessRuleTask(
    Node node, Mappings mappings, DecisionCall call, @Nullable String resultVariable)
    implements Activity {

  @Override
  public void enter(Step step, Token token) {
    Scope scope = step.scopes().begin(token, this);
    Decisions.Result result = step.variables().evaluate(call, scope.id());
    step.scopes()
        .complete(
            scope,
            resultVariable == null
                ? Map.of()
                : Collections.singletonMap(resultVariable, call.shape().of(result)));
  }
}
