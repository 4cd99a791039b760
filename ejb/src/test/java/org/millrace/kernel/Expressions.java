package org.millrace.kernel;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.millrace.kernel.graph.Expression;

/** Expressions for tests: plain Java in place of FEEL. */
final class Expressions {

  private record Written(String source, Function<Map<String, Object>, Object> value)
      implements Expression {
    @Override
    public Object evaluate(Map<String, Object> variables, Instant now) {
      return value.apply(variables);
    }
  }

  private Expressions() {}

  static Expression value(Object value) {
    return new Written(String.valueOf(value), variables -> value);
  }

  /** A variable's value; null where there is none. */
  static Expression variable(String name) {
    return new Written(name, variables -> variables.get(name));
  }

  /** A variable's value; no value at all where there is none. */
  static Expression needed(String name) {
    return computed(
        name,
        variables -> {
          if (!variables.containsKey(name)) {
            throw new Expression.EvaluationException("there is no variable " + name);
          }
          return variables.get(name);
        });
  }

  static Expression computed(String source, Function<Map<String, Object>, Object> value) {
    return new Written(source, value);
  }
}
