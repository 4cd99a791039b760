package org.millrace.kernel.element;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Literal;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.state.Wait;

/**
 * A signal, thrown to all or waited for. BPMN 2.0 section 10.5.5.
 *
 * @param name gives its name
 * @param all whether one that is thrown takes along all variables that its thrower sees
 * @param payload what else it takes along
 */
public record SignalDefinition(Expression name, boolean all, List<Mapping> payload)
    implements EventDefinition {

  public SignalDefinition(String name) {
    this(new Literal(name), false, List.of());
  }

  @Override
  public Wait arm(Step step, int scope, String element) {
    return Wait.signal(step.nextId(), scope, element, name(step, scope));
  }

  /** Its name as a scope sees it. */
  public String name(Step step, int scope) {
    return step.variables().text(name, scope, "the name of a signal");
  }

  /** The variables that it takes along. */
  public Map<String, Object> variables(Step step, int scope) {
    Map<String, Object> variables = new LinkedHashMap<>();
    if (all) {
      variables.putAll(step.state().visibleFrom(scope));
    }
    for (Mapping one : payload) {
      variables.put(one.target(), step.variables().evaluate(one.source(), scope));
    }
    return variables;
  }
}
