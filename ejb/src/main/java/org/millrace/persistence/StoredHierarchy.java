package org.millrace.persistence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import org.millrace.execution.Hierarchy;

/** Who has called whom, from the instances' rows. */
@Singleton
class StoredHierarchy implements Hierarchy {

  private final Database database;

  @Inject
  StoredHierarchy(Database database) {
    this.database = database;
  }

  @Override
  public List<Called> calledBy(Collection<String> callers) {
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    """
                    select new org.millrace.execution.Hierarchy$Called(
                      i.id, i.callerId, i.callerActivity, i.process, i.version, i.state, i.incidents)
                    from InstanceRow i
                    where i.callerId in (:callers)
                    order by i.startedAt, i.callerWait, i.callerAttempt, i.id
                    """,
                    Called.class)
                .setParameterList("callers", callers)
                .list());
  }
}
