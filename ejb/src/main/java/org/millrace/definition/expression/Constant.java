package org.millrace.definition.expression;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.json.Json;
import org.millrace.kernel.graph.Expression;

/** A value that the document gives with its type, or nothing. */
public record Constant(@Nullable Object value) implements Expression {

  @Override
  public String source() {
    return Json.write(value);
  }

  @Override
  public @Nullable Object evaluate(Map<String, Object> variables, Instant now) {
    return value;
  }
}
