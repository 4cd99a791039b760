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
 * @param local whether one that is thrown stays within its instance
 */
public record SignalDefinition(Expression name, boolean all, List<Mapping> payload, boolean local)
    implements EventDefinition {

  public SignalDefinition(Expression name, boolean all, List<Mapping> payload) {
    this(name, all, payload, false);
  }

  public SignalDefinition(String name) {
    this(new Literal(name), false, List.of());
  }

  @Override
  public Wait arm(Step step, int scope, String element) {
    return Wait.signal(step.nextId(), scope, element, name(step, step.state().visibleFrom(scope)));
  }

  private String name(Step step, Map<String, Object> seen) {
    return step.variables().text(name, seen, "the name of a signal");
  }

  /** Throws it, with what is seen there. */
  public void raise(Step step, Map<String, Object> seen) {
    Map<String, Object> variables = new LinkedHashMap<>();
    if (all) {
      variables.putAll(seen);
    }
    for (Mapping one : payload) {
      variables.put(one.target(), one.source().evaluate(seen, step.now()));
    }
    step.throwSignal(name(step, seen), variables, local);
  }
}
