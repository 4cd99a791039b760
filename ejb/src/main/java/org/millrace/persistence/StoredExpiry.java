package org.millrace.persistence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.ExpiryStore;
import org.millrace.execution.Instance;

/** Finds what has had its time by the index on that time, and deletes it by the primary keys. */
@Singleton
class StoredExpiry implements ExpiryStore {

  /** All that an instance has rows in; its own is the last. */
  private static final List<String> TABLES =
      List.of(
          "millrace_history",
          "millrace_message_wait",
          "millrace_signal_wait",
          "millrace_timer",
          "millrace_task",
          "millrace_incident",
          "millrace_reply");

  private final Database database;

  @Inject
  StoredExpiry(Database database) {
    this.database = database;
  }

  @Override
  public List<Instance> expired(Instant now, int atMost, int steps) {
    return database.with(
        session -> {
          InstanceSql sql = new InstanceSql(session);
          List<Instance> expired = new ArrayList<>();
          long left = steps;
          for (String id : Expired.lock(session, "millrace_instance", now, atMost)) {
            Instance instance = sql.read(List.of(id)).get(0);
            left -= instance.step();
            if (left < 0 && !expired.isEmpty()) {
              break;
            }
            expired.add(instance);
          }
          return expired;
        });
  }

  @Override
  public void delete(List<String> instanceIds, Instant now) {
    if (instanceIds.isEmpty()) {
      return;
    }
    database.with(
        session -> {
          for (String table : TABLES) {
            change(session, "delete from " + table + " where instance_id in (:ids)", instanceIds);
          }
          change(session, "delete from millrace_instance where id in (:ids)", instanceIds);
          return session
              .createNativeMutationQuery(
                  "update millrace_instance set expires_at = :now where caller_id in (:ids)")
              .setParameter("now", now)
              .setParameterList("ids", instanceIds)
              .executeUpdate();
        });
  }

  private static void change(StatelessSession session, String sql, List<String> ids) {
    session.createNativeMutationQuery(sql).setParameterList("ids", ids).executeUpdate();
  }

  @Override
  public void postpone(List<String> instanceIds, Instant until) {
    if (instanceIds.isEmpty()) {
      return;
    }
    database.with(
        session ->
            session
                .createNativeMutationQuery(
                    "update millrace_instance set expires_at = :until where id in (:ids)")
                .setParameter("until", until)
                .setParameterList("ids", instanceIds)
                .executeUpdate());
  }

  @Override
  public boolean hasRunningCalled(String instanceId) {
    return database.with(
        session ->
            !session
                .createSelectionQuery(
                    "select i.id from InstanceRow i where i.callerId = :id and i.endedAt is null",
                    String.class)
                .setParameter("id", instanceId)
                .setMaxResults(1)
                .list()
                .isEmpty());
  }

  @Override
  public @Nullable Instant nextExpiry() {
    return first("select min(expires_at) from millrace_instance");
  }

  @Override
  public @Nullable Instant oldestRequest() {
    return first("select min(claimed_at) from millrace_request");
  }

  private @Nullable Instant first(String query) {
    return database.with(
        session -> session.createNativeQuery(query, Instant.class).getSingleResultOrNull());
  }
}
