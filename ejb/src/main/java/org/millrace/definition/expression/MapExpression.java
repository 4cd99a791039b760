package org.millrace.definition.expression;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.graph.Expression;

/**
 * An object with an expression for each of its entries, as a document spells it out element by
 * element.
 *
 * @param base what the entries are added to, if that is an object; null for nothing
 */
public record MapExpression(@Nullable Expression base, Map<String, Expression> entries)
    implements Expression {

  @Override
  public String source() {
    StringBuilder source = new StringBuilder("{");
    entries.forEach(
        (key, value) ->
            source
                .append(source.length() == 1 ? "" : ", ")
                .append(key)
                .append(": ")
                .append(value.source()));
    return source.append('}').toString();
  }

  @Override
  public Map<String, @Nullable Object> evaluate(Map<String, Object> variables, Instant now) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    if (base != null && base.evaluate(variables, now) instanceof Map<?, ?> existing) {
      existing.forEach((key, value) -> map.put(String.valueOf(key), value));
    }
    entries.forEach((key, value) -> map.put(key, value.evaluate(variables, now)));
    return map;
  }
}
