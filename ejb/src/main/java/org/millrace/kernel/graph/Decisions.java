package org.millrace.kernel.graph;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.state.Evaluation;

/**
 * The deployed decisions. As long as nothing is deployed, the same reference, variables and time
 * give the same result. Safe for use by many threads.
 */
@FunctionalInterface
public interface Decisions {

  /** Where there are none. */
  Decisions NONE =
      (reference, variables, now) -> {
        throw new EvaluationException(
            "the decision \"%s\" is not deployed".formatted(reference.decision()));
      };

  /**
   * A decision by name.
   *
   * @param decision the decision's id
   * @param version the number or the tag, where the binding asks for one
   */
  record Reference(String decision, Binding binding, @Nullable String version) {}

  /**
   * What an evaluation gives.
   *
   * @param value the decision's own result, as DMN says; a JSON-like value
   */
  record Result(@Nullable Object value, Evaluation evaluation) {}

  /**
   * Evaluates a decision and all that it requires.
   *
   * @param variables what is in reach, JSON-like values
   * @param now the time of the command that is being carried out
   * @throws EvaluationException if it is not deployed, or cannot be evaluated with these variables
   */
  Result evaluate(Reference reference, Map<String, Object> variables, Instant now);
}
