package org.millrace.persistence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.millrace.execution.ReplyStore;

/** Who waits for the end of an instance; the instance's row says whether there is anybody. */
@Singleton
class StoredReplies implements ReplyStore {

  private final Database database;

  @Inject
  StoredReplies(Database database) {
    this.database = database;
  }

  @Override
  public void add(String instanceId, ReplyTo replyTo) {
    ReplyRow row = new ReplyRow();
    row.instanceId = instanceId;
    row.address = replyTo.address();
    row.correlationId = replyTo.correlationId();
    database.with(session -> session.insert(row));
  }

  @Override
  public List<ReplyTo> take(String instanceId) {
    return database.with(
        session -> {
          List<ReplyTo> all =
              session
                  .createSelectionQuery(
                      "select r from ReplyRow r where r.instanceId = :id order by r.id",
                      ReplyRow.class)
                  .setParameter("id", instanceId)
                  .list()
                  .stream()
                  .map(row -> new ReplyTo(row.address, row.correlationId))
                  .toList();
          session
              .createMutationQuery("delete from ReplyRow r where r.instanceId = :id")
              .setParameter("id", instanceId)
              .executeUpdate();
          return all;
        });
  }
}
