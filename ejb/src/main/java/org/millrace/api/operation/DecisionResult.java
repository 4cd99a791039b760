package org.millrace.api.operation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.EvaluationView.RuleView;

/**
 * What a decision gave that was evaluated alone.
 *
 * @param result the decision's own result, as DMN says; a JSON-like value
 * @param inputs as in {@link EvaluationView}, and so the rest
 */
public record DecisionResult(
    String decision,
    int version,
    @Nullable Object result,
    Map<String, Object> inputs,
    List<RuleView> rules,
    List<Map<String, Object>> outputs) {}
