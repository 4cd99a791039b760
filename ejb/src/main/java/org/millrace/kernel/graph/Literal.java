package org.millrace.kernel.graph;

import java.time.Instant;
import java.util.Map;

/** A text without a mark: a constant, whose value the document's reader can check already. */
public record Literal(String source) implements Expression {

  @Override
  public String evaluate(Map<String, Object> variables, Instant now) {
    return source;
  }
}
