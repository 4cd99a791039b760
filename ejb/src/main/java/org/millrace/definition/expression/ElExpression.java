package org.millrace.definition.expression;

import jakarta.el.ELException;
import jakarta.el.ExpressionFactory;
import jakarta.el.ValueExpression;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.json.Json;
import org.millrace.json.JsonException;
import org.millrace.kernel.graph.Expression;

/** A Jakarta EL expression, with variables alone in reach; see {@link VariablesContext}. */
record ElExpression(String source, ValueExpression compiled) implements Expression {

  private static final ExpressionFactory FACTORY = ExpressionFactory.newInstance();

  static ElExpression compile(String source) {
    ElGuard.check(source);
    try {
      return new ElExpression(
          source,
          FACTORY.createValueExpression(new VariablesContext(Map.of()), source, Object.class));
    } catch (ELException e) {
      throw new ExpressionException(
          "the expression '" + source + "' does not parse: " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new ExpressionException("the expression nests too deep: " + source);
    }
  }

  @Override
  public @Nullable Object evaluate(Map<String, Object> variables, Instant now) {
    try {
      Object value = ElFunctions.at(now, () -> compiled.getValue(new VariablesContext(variables)));
      return Json.variable(value instanceof OffsetDateTime date ? date.toString() : value);
    } catch (ELException
        | JsonException
        | ArithmeticException
        | IllegalArgumentException
        | DateTimeException e) {
      throw failed(e.getMessage());
    } catch (StackOverflowError e) {
      throw failed("it nests too deep");
    }
  }

  private EvaluationException failed(@Nullable String reason) {
    return new EvaluationException("the expression '" + source + "' has no value: " + reason);
  }
}
