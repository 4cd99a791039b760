package org.millrace.definition.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNDecisionResult;
import org.kie.dmn.api.core.DMNDecisionResult.DecisionEvaluationStatus;
import org.kie.dmn.api.core.DMNMessage;
import org.kie.dmn.api.core.DMNResult;
import org.kie.dmn.api.core.ast.DecisionNode;
import org.kie.dmn.core.impl.DMNRuntimeImpl;
import org.kie.dmn.model.api.DecisionTable;
import org.kie.dmn.model.api.HitPolicy;
import org.kie.dmn.model.api.OutputClause;
import org.millrace.kernel.graph.Decisions;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.state.Evaluation;

/** One decision, compiled. Immutable; safe for use by many threads. */
public final class DecisionModel {

  private static final Set<HitPolicy> MULTIPLE =
      Set.of(HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER);

  private final CompiledDocument document;
  private final DecisionNode node;
  private final org.kie.dmn.model.api.Decision decision;

  DecisionModel(
      CompiledDocument document, DecisionNode node, org.kie.dmn.model.api.Decision decision) {
    this.document = document;
    this.node = node;
    this.decision = decision;
  }

  /** Its id in the document. */
  public String id() {
    return decision.getId();
  }

  /** Its human name. */
  public @Nullable String name() {
    return document.nameOf(decision.getId());
  }

  /**
   * Evaluates it, and all decisions that it requires.
   *
   * @param version its own, for the record
   * @param variables what is in reach; what it declares, by name, and no more of them is used
   * @param now what {@code now()} and {@code today()} give
   * @throws EvaluationException if it cannot be evaluated with these variables
   */
  public Decisions.Result evaluate(int version, Map<String, Object> variables, Instant now) {
    Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
    document
        .inputs()
        .forEach(
            (name, type) -> {
              if (variables.containsKey(name)) {
                inputs.put(name, variables.get(name));
              }
            });
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    document.freeNames().forEach(name -> values.put(name, null));
    inputs.forEach(
        (name, value) -> values.put(name, FeelValue.of(value, document.inputs().get(name))));
    RulesHit rules = new RulesHit(document);
    Object value = decide(values, now, rules);
    return new Decisions.Result(
        value, new Evaluation(id(), version, inputs, rules.hits(), outputs(value)));
  }

  private @Nullable Object decide(
      Map<String, @Nullable Object> values, Instant now, RulesHit rules) {
    Budget budget = Budget.begin();
    GuardedProfile.NOW.set(now);
    try {
      DMNResult result = evaluate(values, rules);
      DMNDecisionResult own = result.getDecisionResultByName(node.getName());
      if (budget.overdrawn() != null) {
        throw failed(budget.overdrawn());
      }
      if (own == null || own.getEvaluationStatus() != DecisionEvaluationStatus.SUCCEEDED) {
        throw failed(
            result.getMessages(DMNMessage.Severity.ERROR).stream()
                .map(DMNMessage::getText)
                .collect(Collectors.joining("; ")));
      }
      return FeelValue.toVariable(own.getResult());
    } catch (StackOverflowError e) {
      throw failed("it nests too deep");
    } catch (IllegalStateException e) {
      throw failed(e.getMessage());
    } finally {
      GuardedProfile.NOW.remove();
      Budget.end();
    }
  }

  /** As the library evaluates it; for the compatibility kit too, which has FEEL's own values. */
  DMNResult evaluate(Map<String, @Nullable Object> values, RulesHit rules) {
    DMNRuntimeImpl runtime = document.runtime();
    runtime.addListener(rules);
    DMNContext context = runtime.newContext();
    document.imported(values).forEach(context::set);
    values.forEach(context::set);
    return runtime.evaluateByName(document.model(), context, node.getName());
  }

  private EvaluationException failed(@Nullable String reason) {
    return new EvaluationException(
        "the decision \"%s\" cannot be evaluated: %s".formatted(id(), reason));
  }

  /** The outputs of each rule hit, or the one value. */
  private List<Map<String, Object>> outputs(@Nullable Object value) {
    if (value == null && decision.getExpression() instanceof DecisionTable) {
      return List.of();
    }
    if (decision.getExpression() instanceof DecisionTable table
        && MULTIPLE.contains(table.getHitPolicy())
        && table.getAggregation() == null
        && value instanceof List<?> items) {
      List<Map<String, Object>> outputs = new ArrayList<>();
      items.forEach(item -> outputs.add(output(item)));
      return outputs;
    }
    return List.of(output(value));
  }

  /**
   * Outputs have names in JSON as in DMN; NullAway's word for "a value may be null" is not Map's.
   */
  @SuppressWarnings({"unchecked", "NullAway"})
  private Map<String, Object> output(@Nullable Object value) {
    if (decision.getExpression() instanceof DecisionTable table) {
      List<OutputClause> clauses = table.getOutput();
      if (clauses.size() > 1) {
        return value instanceof Map ? (Map<String, Object>) value : Map.of();
      }
      String name = clauses.get(0).getName();
      return Collections.singletonMap(
          name == null || name.isBlank() ? node.getName() : name, value);
    }
    return Collections.singletonMap(node.getName(), value);
  }
}
