package org.millrace.definition.expression;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.graph.Expression;

/**
 * An object made of variables; those that are not there are null in it.
 *
 * @param sources the variable for each member
 */
public record VariableObject(Map<String, String> sources) implements Expression {

  @Override
  public String source() {
    return String.join(", ", sources.values());
  }

  @Override
  public Map<String, @Nullable Object> evaluate(Map<String, Object> variables, Instant now) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    sources.forEach((member, variable) -> object.put(member, variables.get(variable)));
    return object;
  }
}
