package org.millrace.kernel.graph;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression: a condition, a mapping, a due date. Pure: the same scope and time give the
 * same value. Safe for use by many threads.
 */
public interface Expression {

  /** As it is written in the document, its mark included, for messages and pages. */
  String source();

  /**
   * Evaluates it.
   *
   * @param variables what is in reach, JSON-like values
   * @param now the time of the command that is being carried out
   * @return a JSON-like value: null, Boolean, String, Long, BigDecimal, List or Map of such;
   *     temporal values come as their ISO 8601 strings
   * @throws EvaluationException if it cannot be evaluated; the message names the expression and the
   *     reason
   */
  @Nullable Object evaluate(Map<String, Object> variables, Instant now);

  /** Why an expression has no value. */
  class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EvaluationException(String message) {
      super(message);
    }
  }
}
