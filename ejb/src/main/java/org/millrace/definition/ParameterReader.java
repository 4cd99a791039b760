package org.millrace.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Constant;
import org.millrace.definition.expression.Expressions;
import org.millrace.definition.expression.ListExpression;
import org.millrace.definition.expression.MapExpression;
import org.millrace.kernel.graph.Expression;

/**
 * Reads a value as Camunda 7 and Operaton spell it out: a text, a list, a map or a script, each
 * within the other. Elements of their namespace only.
 *
 * @param reading the part that problems belong to
 */
record ParameterReader(Reading reading) {

  /** What a parameter, an entry or an item holds; null, with a problem, if that is nothing. */
  @Nullable Expression content(XmlElement holder) {
    return holder.children().isEmpty() ? text(holder.text()) : definition(holder.children().get(0));
  }

  private @Nullable Expression text(String text) {
    return text.isBlank() ? new Constant(null) : reading.compile(text, Expressions::value);
  }

  private @Nullable Expression definition(XmlElement definition) {
    return switch (definition.kind()) {
      case "list" -> list(definition);
      case "map" -> map(definition);
      case "script" -> script(definition);
      case "value", "string" -> text(definition.text());
      case "expression" -> text(definition.text());
      default -> {
        reading.problem("a %s is no value".formatted(definition.kind()));
        yield null;
      }
    };
  }

  private Expression list(XmlElement list) {
    List<Expression> items = new ArrayList<>();
    for (XmlElement item : list.children()) {
      Expression value = definition(item);
      if (value != null) {
        items.add(value);
      }
    }
    return new ListExpression(items);
  }

  private Expression map(XmlElement map) {
    Map<String, Expression> entries = new LinkedHashMap<>();
    for (XmlElement entry : map.children()) {
      String key = entry.attribute("key");
      Expression value = key == null ? null : content(entry);
      if (key == null) {
        reading.problem("an entry of a map needs a key");
      } else if (value != null) {
        entries.put(key, value);
      }
    }
    return new MapExpression(null, entries);
  }

  @Nullable Expression script(XmlElement script) {
    if (script.attribute("resource") != null) {
      reading.problem("a script from a resource is not supported; write it here");
      return null;
    }
    String format = script.attribute("scriptFormat");
    return reading.compile(script.text(), text -> Expressions.condition(text, format));
  }
}
