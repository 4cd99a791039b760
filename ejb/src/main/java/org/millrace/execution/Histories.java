package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.millrace.api.operation.EvaluationView;
import org.millrace.api.operation.EvaluationView.RuleView;
import org.millrace.api.operation.InstanceView.HistoryView;
import org.millrace.kernel.state.Evaluation;

/** Histories as people read them. */
@Singleton
public class Histories {

  private final InstanceStore instances;
  private final Graphs graphs;

  @Inject
  public Histories(InstanceStore instances, Graphs graphs) {
    this.instances = instances;
    this.graphs = graphs;
  }

  /** One entry for each stay of a token at an element, in the order in which the stays began. */
  public List<HistoryView> of(Instance instance) {
    return History.of(
        instances.history(instance.id()),
        instance.version(),
        version -> graphs.get(instance.process(), version));
  }

  /** An evaluation as people read it. */
  public static EvaluationView view(Evaluation evaluation) {
    return new EvaluationView(
        evaluation.decision(),
        evaluation.version(),
        evaluation.inputs(),
        evaluation.rules().stream()
            .map(hit -> new RuleView(hit.decision(), hit.rule(), hit.id()))
            .toList(),
        evaluation.outputs());
  }
}
