package org.millrace.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/** What mappings bring into activities and events, and out of them. BPMN 2.0 section 10.4.2. */
public record Data(Step step) {

  /** The variables that an element begins with; each input mapping sees those before it. */
  public Map<String, Object> inputs(Token token, Mappings mappings) {
    if (mappings.inputs().isEmpty()) {
      return Map.of();
    }
    Map<String, Object> own = new LinkedHashMap<>();
    Map<String, Object> seen = new LinkedHashMap<>(step.state().visibleFrom(token.scope()));
    seen.putAll(token.own());
    for (Mapping input : mappings.inputs()) {
      Object value = input.source().evaluate(seen, step.now());
      own.put(input.target(), value);
      seen.put(input.target(), value);
    }
    return own;
  }

  /** Takes in what came from outside: it goes around the scope at once, or stays in it. */
  public void take(int scope, Mappings mappings, Map<String, Object> given) {
    if (!mappings.keepsIn()) {
      step.variables().merge(scope, given);
    } else if (!given.isEmpty()) {
      step.variables().set(scope, mappings.named(given));
    }
  }

  /**
   * Takes what an event brought that begins something else: what is not kept for that goes around.
   *
   * @param last whether the event has come with it; of several things, only the last one's is kept
   * @return what is kept for the event's own mappings
   */
  public Map<String, Object> bring(
      int scope, Mappings mappings, boolean last, Map<String, Object> given) {
    if (last && mappings.keepsIn()) {
      return mappings.named(given);
    }
    step.variables().merge(scope, given);
    return Map.of();
  }

  /** What the output mappings make of what a scope holds. */
  Map<String, Object> outputs(Scope scope, Mappings mappings) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (Mapping output : mappings.outputs()) {
      out.put(output.target(), step.variables().evaluate(output.source(), scope.id()));
    }
    return out;
  }

  /** Sets around a scope what the output mappings make of what it holds. */
  public void give(Scope scope, Mappings mappings) {
    if (!mappings.outputs().isEmpty()) {
      step.variables().merge(scope.parent(), outputs(scope, mappings));
    }
  }

  /** All of it at once, for what a token does not stay at. */
  public void pass(Token token, Mappings mappings) {
    if (!mappings.outputs().isEmpty()) {
      Scope scope = step.scopes().open(token, inputs(token, mappings));
      give(scope, mappings);
      step.scopes().close(scope);
    }
  }
}
