package org.millrace.operation;

import static org.millrace.api.operation.Roles.OPERATOR;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DecisionResult;
import org.millrace.api.operation.Decisions;
import org.millrace.api.operation.EvaluationView;
import org.millrace.api.operation.Refusal;
import org.millrace.execution.DeployedDecisions;
import org.millrace.execution.Histories;
import org.millrace.execution.Keys;
import org.millrace.kernel.graph.Expression.EvaluationException;

/** Decisions, for people. */
@Stateless
@Local(Decisions.class)
public class DecisionOperations implements Decisions {

  @Inject private DeployedDecisions decisions;
  @Inject private Clock clock;

  @Override
  @RolesAllowed(OPERATOR)
  public DecisionResult evaluate(
      String id, @Nullable Integer version, Map<String, Object> variables) {
    Keys.requireText("the id", id);
    try {
      org.millrace.kernel.graph.Decisions.Result result =
          decisions.evaluate(id, version, variables, clock.instant());
      if (result == null) {
        throw Commands.notFound(
            version == null ? "decision" : "version " + version + " of a decision", id);
      }
      EvaluationView view = Histories.view(result.evaluation());
      return new DecisionResult(
          view.decision(),
          view.version(),
          result.value(),
          view.inputs(),
          view.rules(),
          view.outputs());
    } catch (EvaluationException e) {
      throw new Refusal(Refusal.Kind.INVALID, String.valueOf(e.getMessage()));
    }
  }
}
