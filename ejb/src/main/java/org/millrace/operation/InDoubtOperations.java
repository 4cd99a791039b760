package org.millrace.operation;

import static org.millrace.api.operation.Roles.VIEWER;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.millrace.api.operation.InDoubt;
import org.millrace.api.operation.InDoubtView;
import org.millrace.execution.Branches;
import org.millrace.execution.TransactionLog;

/** What stands between prepare and commit, for people. */
@Stateless
@Local(InDoubt.class)
public class InDoubtOperations implements InDoubt {

  @Inject @Any private Instance<Branches> resources;
  @Inject private TransactionLog log;
  @Inject private Clock clock;

  @Override
  @RolesAllowed(VIEWER)
  public List<InDoubtView> list() {
    Doubts doubts = new Doubts(log.current(), System.getProperty("jboss.node.name", ""));
    // The log comes last: what is prepared and not in it then was undecided when it was looked at.
    for (Branches resource : resources) {
      resource.prepared().forEach(branch -> doubts.prepared(resource.resource(), branch));
    }
    log.decisions().forEach(doubts::decided);
    return doubts.views(clock.instant());
  }
}
