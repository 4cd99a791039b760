package org.millrace.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;

/**
 * An expression that calls a method of a bean, as in {@code ${orders.reserve(order, 3)}}. Beans are
 * code, and code is on a stage: it has the name of the bean and of the method.
 *
 * @param arguments each as it is written
 */
record BeanCall(String bean, String method, List<String> arguments) {

  private static final Pattern CALL =
      Pattern.compile(
          "[$#]\\{\\s*+([\\p{Alnum}_$]++)\\s*+\\.\\s*+([\\p{Alnum}_$]++)\\s*+\\((.*)\\)\\s*+}",
          Pattern.DOTALL);

  /** Null if it is none; a method by which one looks at a variable is none. */
  static @Nullable BeanCall parse(String expression) {
    Matcher call = CALL.matcher(expression.strip());
    if (!call.matches()
        || call.group(1).equals("execution")
        || Expressions.isMethodOfValues(call.group(2))) {
      return null;
    }
    List<String> arguments = split(call.group(3));
    return arguments == null ? null : new BeanCall(call.group(1), call.group(2), arguments);
  }

  String stage() {
    return bean + "." + method;
  }

  /** At the commas that stand in no quotes and no brackets; null if one call is not all it is. */
  private static @Nullable List<String> split(String text) {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    int from = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0 && --depth < 0) {
        return null;
      } else if (c == ',' && depth == 0) {
        arguments.add(text.substring(from, i).strip());
        from = i + 1;
      }
    }
    if (!text.isBlank()) {
      arguments.add(text.substring(from).strip());
    }
    return arguments;
  }
}
