package org.millrace.operation;

import static org.millrace.api.operation.Roles.ADMIN;
import static org.millrace.api.operation.Roles.OPERATOR;
import static org.millrace.api.operation.Roles.VIEWER;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.millrace.api.operation.InDoubt;
import org.millrace.api.operation.InDoubtView;
import org.millrace.api.operation.Refusal;
import org.millrace.execution.Branches;
import org.millrace.execution.Node;
import org.millrace.execution.TransactionLog;

/** What stands between prepare and commit, for people. */
@Stateless
@Local(InDoubt.class)
public class InDoubtOperations implements InDoubt {

  private static final System.Logger LOG = System.getLogger(InDoubtOperations.class.getName());

  @Resource private SessionContext context;
  @Inject @Any private Instance<Branches> resources;
  @Inject private TransactionLog log;
  @Inject private Clock clock;

  @Override
  @RolesAllowed(OPERATOR)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public void recover() {
    log.recover();
  }

  @Override
  @RolesAllowed(ADMIN)
  public void forget(String id) {
    InDoubtView found =
        list().stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> Commands.notFound("transaction in doubt", id));
    if (!found.state().equals(Doubts.HEURISTIC)) {
      throw new Refusal(
          Refusal.Kind.CONFLICT,
          "the transaction %s is %s: the recovery settles it".formatted(id, found.state()));
    }
    if (!log.forget(id)) {
      throw Commands.notFound("transaction in doubt", id);
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "{0} has accepted the heuristic outcome of transaction {1}: {2}, about {3}",
        context.getCallerPrincipal().getName(),
        id,
        found.branches(),
        found.concerns());
  }

  @Override
  @RolesAllowed(VIEWER)
  public List<InDoubtView> list() {
    Doubts doubts = new Doubts(log.current(), Node.NAME);
    // The log comes last: what is prepared and not in it then was undecided when it was looked at.
    for (Branches resource : resources) {
      resource.prepared().forEach(branch -> doubts.prepared(resource.resource(), branch));
    }
    log.decisions().forEach(doubts::decided);
    return doubts.views(clock.instant());
  }
}
