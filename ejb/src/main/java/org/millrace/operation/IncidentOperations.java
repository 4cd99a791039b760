package org.millrace.operation;

import static org.millrace.api.operation.Roles.OPERATOR;
import static org.millrace.api.operation.Roles.VIEWER;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.IncidentView;
import org.millrace.api.operation.Incidents;
import org.millrace.api.operation.Page;
import org.millrace.execution.Ids;
import org.millrace.execution.Keys;
import org.millrace.execution.Overview;
import org.millrace.kernel.command.Command;

/** What waits for an operator. */
@Stateless
@Local(Incidents.class)
public class IncidentOperations implements Incidents {

  @Resource private SessionContext context;
  @Inject private Overview overview;
  @Inject private Commands commands;

  @Override
  @RolesAllowed(VIEWER)
  public Page<IncidentView> find(
      @Nullable String process, @Nullable String stage, int from, int size) {
    requireTexts(process, stage);
    Commands.requirePart(from, size);
    return overview.incidents(process, stage, from, size);
  }

  private static void requireTexts(@Nullable String process, @Nullable String stage) {
    Keys.requireText("process", process);
    Keys.requireText("stage", stage);
  }

  @Override
  @RolesAllowed(OPERATOR)
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void retry(String id) {
    Ids incident = Commands.parse("incident", id);
    commands.require("incident", id, incident);
    commands.execute(incident.instanceId(), new Command.RetryIncident(incident.number()));
  }

  @Override
  @RolesAllowed(OPERATOR)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public int retryAll(@Nullable String process, @Nullable String stage) {
    requireTexts(process, stage);
    // Through the container, so that each is a transaction of its own.
    Incidents each = context.getBusinessObject(Incidents.class);
    return Commands.forEach(
        overview.incidents(process, stage).stream().map(Ids::toString).toList(), each::retry);
  }
}
