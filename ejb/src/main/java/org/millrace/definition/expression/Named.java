package org.millrace.definition.expression;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.graph.Expression;

/** A variable by its name, whatever characters that has; null where there is none. */
public record Named(String source) implements Expression {

  @Override
  public @Nullable Object evaluate(Map<String, Object> variables, Instant now) {
    return variables.get(source);
  }
}
