package org.millrace.persistence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.hibernate.StatelessSession;
import org.hibernate.query.CommonQueryContract;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.RequestStore;

/**
 * Request ids. The primary key decides who is the first: another insert of the same key waits for
 * the first one's transaction, and then either is the first or does nothing, without an error that
 * would spoil its own transaction. (H2 waits for no longer than its lock timeout.)
 */
@Singleton
class StoredRequests implements RequestStore {

  private static final String ONE =
      " where queue = :queue and subject = :subject and request_id = :request";

  private final Database database;

  @Inject
  StoredRequests(Database database) {
    this.database = database;
  }

  @Override
  public @Nullable String claim(
      String queue, String subject, String requestId, String result, Instant now) {
    return database.with(
        session -> {
          String found = null;
          // Again only if what stood in the way has just been forgotten.
          while (found == null && !insert(session, queue, subject, requestId, result, now)) {
            found =
                one(
                        session.createNativeQuery(
                            "select result from millrace_request" + ONE, String.class),
                        queue,
                        subject,
                        requestId)
                    .getSingleResultOrNull();
          }
          return found;
        });
  }

  private static boolean insert(
      StatelessSession session,
      String queue,
      String subject,
      String requestId,
      String result,
      Instant now) {
    return one(
                session.createNativeMutationQuery(
                    """
                    insert into millrace_request (queue, subject, request_id, result, claimed_at)
                    values (:queue, :subject, :request, :result, :now)
                    on conflict do nothing
                    """),
                queue,
                subject,
                requestId)
            .setParameter("result", result)
            .setParameter("now", now)
            .executeUpdate()
        == 1;
  }

  @Override
  public void remember(String queue, String subject, String requestId, String result) {
    database.with(
        session ->
            one(
                    session.createNativeMutationQuery(
                        "update millrace_request set result = :result" + ONE),
                    queue,
                    subject,
                    requestId)
                .setParameter("result", result)
                .executeUpdate());
  }

  @Override
  public void forget(String queue, String subject, String requestId) {
    database.with(
        session ->
            one(
                    session.createNativeMutationQuery("delete from millrace_request" + ONE),
                    queue,
                    subject,
                    requestId)
                .executeUpdate());
  }

  @Override
  public int forgetBefore(Instant time, int atMost) {
    return database.with(
        session ->
            session
                .createNativeMutationQuery(
                    """
                    delete from millrace_request where (queue, subject, request_id) in (
                      select queue, subject, request_id from millrace_request
                      where claimed_at < :time order by claimed_at fetch first :atMost rows only)
                    """)
                .setParameter("time", time)
                .setParameter("atMost", atMost)
                .executeUpdate());
  }

  private static <Q extends CommonQueryContract> Q one(
      Q query, String queue, String subject, String requestId) {
    query.setParameter("queue", queue);
    query.setParameter("subject", subject);
    query.setParameter("request", requestId);
    return query;
  }
}
