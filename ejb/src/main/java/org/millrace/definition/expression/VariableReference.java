package org.millrace.definition.expression;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.graph.Expression;

/** The value of a variable, whatever characters its name has; null where there is none. */
public record VariableReference(String source) implements Expression {

  @Override
  public @Nullable Object evaluate(Map<String, Object> variables, Instant now) {
    return variables.get(source);
  }
}
