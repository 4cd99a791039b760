package org.millrace.definition.expression;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.graph.Expression;

/** A list with an expression for each of its items. */
public record ListExpression(List<Expression> items) implements Expression {

  @Override
  public String source() {
    return items.stream().map(Expression::source).collect(joining(", ", "[", "]"));
  }

  @Override
  public List<@Nullable Object> evaluate(Map<String, Object> variables, Instant now) {
    List<@Nullable Object> list = new ArrayList<>();
    items.forEach(item -> list.add(item.evaluate(variables, now)));
    return list;
  }
}
