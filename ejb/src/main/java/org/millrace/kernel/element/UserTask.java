package org.millrace.kernel.element;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/**
 * A human task. BPMN 2.0 section 13.3.3.
 *
 * @param assignee gives who has it from the start; null for nobody
 * @param users give who may claim it: texts, lists of them, or texts separated by commas
 * @param groups likewise, of groups
 */
public record UserTask(
    Node node,
    Mappings mappings,
    @Nullable Expression assignee,
    List<Expression> users,
    List<Expression> groups)
    implements Activity {

  @Override
  public void enter(Step step, Token token) {
    Scope scope = step.scopes().begin(token, this);
    Object owner = assignee == null ? null : step.variables().evaluate(assignee, scope.id());
    step.waits()
        .await(
            Wait.task(
                step.nextId(),
                scope.id(),
                id(),
                owner == null ? null : String.valueOf(owner),
                names(step, users, scope),
                names(step, groups, scope)));
    step.listeners().assigned(scope, owner == null ? null : String.valueOf(owner));
  }

  private static List<String> names(Step step, List<Expression> expressions, Scope scope) {
    List<String> names = new ArrayList<>();
    for (Expression expression : expressions) {
      Object value = step.variables().evaluate(expression, scope.id());
      if (value instanceof Collection<?> several) {
        several.forEach(one -> names.add(String.valueOf(one)));
      } else if (value != null) {
        for (String one : String.valueOf(value).split(",", -1)) {
          if (!one.isBlank()) {
            names.add(one.strip());
          }
        }
      }
    }
    return List.copyOf(names);
  }

  @Override
  public void answered(Step step, Wait wait, Map<String, Object> variables) {
    step.scopes().complete(step.state().scope(wait.scope()), variables);
  }
}
