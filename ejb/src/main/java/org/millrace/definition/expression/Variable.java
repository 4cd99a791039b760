package org.millrace.definition.expression;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.graph.Expression;

/**
 * The value of a variable, where a document names just that.
 *
 * @param source the variable's name
 */
public record Variable(String source) implements Expression {

  @Override
  public @Nullable Object evaluate(Map<String, Object> variables, Instant now) {
    if (!variables.containsKey(source)) {
      throw new EvaluationException("there is no variable \"" + source + "\"");
    }
    return variables.get(source);
  }
}
