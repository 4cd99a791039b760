package org.millrace.definition.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kie.dmn.api.core.DMNDecisionResult;
import org.kie.dmn.api.core.event.AfterEvaluateDecisionEvent;
import org.kie.dmn.api.core.event.AfterEvaluateDecisionTableEvent;
import org.kie.dmn.api.core.event.DMNRuntimeEventListener;
import org.millrace.kernel.state.Evaluation.RuleHit;

/** Listens to one evaluation for the rules that it hits. */
final class RulesHit implements DMNRuntimeEventListener {

  private static final int MAX_HITS = 1000;

  private final CompiledDocument document;
  private final List<RuleHit> hits = new ArrayList<>();

  RulesHit(CompiledDocument document) {
    this.document = document;
  }

  /** In the order in which they were hit; no more of them than anybody reads. */
  List<RuleHit> hits() {
    return List.copyOf(hits);
  }

  @Override
  public void afterEvaluateDecisionTable(AfterEvaluateDecisionTableEvent table) {
    if (table.getSelected() == null) {
      return;
    }
    for (Integer rule : table.getSelected()) {
      if (hits.size() < MAX_HITS) {
        String id = document.idOf(table.getNodeName());
        hits.add(new RuleHit(id, rule, document.ruleId(table.getNodeName(), rule)));
      }
    }
  }

  /** Other engines know what a decision gave by the names of its outputs. */
  @Override
  public void afterEvaluateDecision(AfterEvaluateDecisionEvent event) {
    if (!document.isForeign()) {
      return;
    }
    DMNDecisionResult result =
        event.getResult().getDecisionResultByName(event.getDecision().getName());
    String output = document.soleOutput(event.getDecision().getName());
    if (result != null && output != null) {
      event.getResult().getContext().set(output, result.getResult());
    } else if (result != null && result.getResult() instanceof Map<?, ?> outputs) {
      outputs.forEach((name, value) -> event.getResult().getContext().set((String) name, value));
    }
  }
}
