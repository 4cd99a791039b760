package org.millrace.definition.expression;

import java.time.Instant;
import java.util.Map;
import org.millrace.kernel.graph.Expression;

/** A text without a mark: a constant, whose value the document's reader can check already. */
public record Literal(String source) implements Expression {

  @Override
  public String evaluate(Map<String, Object> variables, Instant now) {
    return source;
  }
}
