package org.millrace.kernel.element;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/**
 * A script: an expression whose value goes into a variable. BPMN 2.0 section 13.3.3.
 *
 * @param resultVariable null where its value is of no use
 */
public record ScriptTask(
    Node node, Mappings mappings, Expression script, @Nullable String resultVariable)
    implements Activity {

  @Override
  public void enter(Step step, Token token) {
    Scope scope = step.scopes().begin(token, this);
    Object value = step.variables().evaluate(script, scope.id());
    Map<String, Object> result =
        resultVariable == null ? Map.of() : Collections.singletonMap(resultVariable, value);
    step.scopes().complete(scope, result);
  }
}
