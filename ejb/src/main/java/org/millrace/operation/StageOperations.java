package org.millrace.operation;

import static org.millrace.api.operation.Roles.OPERATOR;
import static org.millrace.api.operation.Roles.VIEWER;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.millrace.api.operation.DefinitionView;
import org.millrace.api.operation.StageView;
import org.millrace.api.operation.Stages;
import org.millrace.execution.DefinitionStore;
import org.millrace.execution.DefinitionStore.Kind;
import org.millrace.execution.Graphs;
import org.millrace.execution.StageQueues;
import org.millrace.observability.StageMeter;
import org.millrace.observability.StageMetrics;

/** The stages, for people. */
@Stateless
@Local(Stages.class)
public class StageOperations implements Stages {

  @Inject private DefinitionStore definitions;
  @Inject private Graphs graphs;
  @Inject private StageQueues queues;
  @Inject private StageMetrics metrics;

  @Override
  @RolesAllowed(VIEWER)
  public List<StageView> list() {
    return names().stream().map(this::view).toList();
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (DefinitionView definition : definitions.list()) {
      if (definition.kind().equals(Kind.PROCESS.word())) {
        names.addAll(graphs.get(definition.id(), definition.version()).stages());
      }
    }
    return names;
  }

  private StageView view(String stage) {
    StageQueues.Figures queue = queues.figures(stage);
    StageMeter meter = metrics.of(stage);
    return new StageView(
        stage,
        queue.queued(),
        queue.inFlight(),
        queue.consumers(),
        queue.paused(),
        meter.completedCount(),
        meter.failedCount(),
        meter.perSecond(),
        meter.percentileMillis(0.5),
        meter.percentileMillis(0.99),
        meter.isRetrying());
  }

  @Override
  @RolesAllowed(OPERATOR)
  public void pause(String stage) {
    queues.setPaused(require(stage), true);
  }

  @Override
  @RolesAllowed(OPERATOR)
  public void resume(String stage) {
    queues.setPaused(require(stage), false);
  }

  private String require(String stage) {
    if (!names().contains(stage)) {
      throw Commands.notFound("stage", stage);
    }
    return stage;
  }
}
