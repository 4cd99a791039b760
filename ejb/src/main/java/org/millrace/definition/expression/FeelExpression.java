package org.millrace.definition.expression;

import java.time.Instant;
import java.util.Map;
import org.camunda.feel.api.ParseResult;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.graph.Expression;

/**
 * A FEEL expression. FEEL forgives: what is missing or does not fit is null, and only what cannot
 * be computed at all (a function that does not exist, a failed {@code assert}) is an error.
 */
record FeelExpression(String source, ParsedExpression parsed) implements Expression {

  static FeelExpression compile(String source) {
    String text = source.startsWith("=") ? source.substring(1) : source;
    try {
      ParseResult result = Feel.parse(text);
      if (result.isFailure()) {
        throw new ExpressionException(result.failure().message());
      }
      return new FeelExpression(source, result.parsedExpression());
    } catch (StackOverflowError e) {
      throw new ExpressionException("the expression nests too deep: " + source);
    }
  }

  @Override
  public @Nullable Object evaluate(Map<String, Object> variables, Instant now) {
    try {
      return Feel.evaluate(parsed, variables, now);
    } catch (StackOverflowError e) {
      throw failed("it nests too deep");
    } catch (RuntimeException e) {
      throw failed(e.getMessage());
    }
  }

  private EvaluationException failed(@Nullable String reason) {
    return new EvaluationException("the expression '" + source + "' has no value: " + reason);
  }
}
