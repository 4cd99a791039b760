package org.millrace.kernel.graph;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.graph.Decisions.Reference;
import org.millrace.kernel.graph.Decisions.Result;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.state.Evaluation;

/**
 * How a decision is called.
 *
 * @param decision gives its id
 * @param version gives the number or the tag, where the binding asks for one
 */
public record DecisionCall(
    Decisions decisions,
    Expression decision,
    Binding binding,
    @Nullable Expression version,
    Shape shape) {

  /** What of an evaluation becomes the result. */
  public enum Shape {
    /** The decision's own result, as DMN says. */
    RESULT,
    /** The one output of the one rule hit; null where none was. */
    SINGLE_ENTRY,
    /** The outputs of the one rule hit, by their names; null where none was. */
    SINGLE_RESULT,
    /** The one output of each rule hit. */
    COLLECT_ENTRIES,
    /** The outputs of each rule hit, by their names. */
    RESULT_LIST;

    /**
     * The result.
     *
     * @throws EvaluationException if there are more rules hit, or more outputs, than this can hold
     */
    public @Nullable Object of(Result result) {
      return switch (this) {
        case RESULT -> result.value();
        case SINGLE_ENTRY -> entry(single(result.evaluation()));
        case SINGLE_RESULT -> single(result.evaluation());
        case COLLECT_ENTRIES -> entries(result.evaluation().outputs());
        case RESULT_LIST -> result.evaluation().outputs();
      };
    }

    private static @Nullable Map<String, Object> single(Evaluation evaluation) {
      List<Map<String, Object>> outputs = evaluation.outputs();
      if (outputs.size() > 1) {
        throw new EvaluationException(
            "the decision \"%s\" has %d results where one is expected"
                .formatted(evaluation.decision(), outputs.size()));
      }
      return outputs.isEmpty() ? null : outputs.get(0);
    }

    private static List<@Nullable Object> entries(List<Map<String, Object>> outputs) {
      List<@Nullable Object> entries = new ArrayList<>();
      outputs.forEach(output -> entries.add(entry(output)));
      return entries;
    }

    private static @Nullable Object entry(@Nullable Map<String, Object> output) {
      if (output == null || output.isEmpty()) {
        return null;
      }
      if (output.size() > 1) {
        throw new EvaluationException(
            "a rule of the decision has the outputs %s where one is expected"
                .formatted(output.keySet()));
      }
      return output.values().iterator().next();
    }
  }

  /**
   * Evaluates the decision.
   *
   * @throws EvaluationException if it cannot be evaluated
   */
  public Result evaluate(Map<String, Object> variables, Instant now) {
    if (decision.evaluate(variables, now) instanceof String id) {
      String bound =
          version == null ? null : binding.check(String.valueOf(version.evaluate(variables, now)));
      return decisions.evaluate(new Reference(id, binding, bound), variables, now);
    }
    throw new EvaluationException(
        "\"%s\" does not give the id of a decision".formatted(decision.source()));
  }
}
