package org.millrace.persistence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.WaitStore;

/** Waits, messages that came too early, and the buckets of far timers. */
@Singleton
class StoredWaits implements WaitStore {

  private static final int AT_MOST = 10;

  private final Database database;

  @Inject
  StoredWaits(Database database) {
    this.database = database;
  }

  @Override
  public List<WaitRef> waitingFor(
      String message,
      @Nullable String instanceId,
      @Nullable String businessKey,
      @Nullable String correlationKey) {
    Filter filter =
        new Filter()
            .and("w.message = ?", message)
            .and("w.id.instanceId = ?", instanceId)
            .and("w.businessKey = ?", businessKey)
            .and("w.correlationKey = ?", correlationKey);
    return database.with(
        session ->
            filter
                .fill(
                    session.createSelectionQuery(
                        "select w.id from MessageWaitRow w"
                            + filter.where()
                            + " order by w.since, w.id.instanceId, w.id.number",
                        Key.class))
                .setMaxResults(AT_MOST)
                .list()
                .stream()
                .map(key -> new WaitRef(key.instanceId(), key.number(), null))
                .toList());
  }

  @Override
  public void keep(KeptEvent event) {
    KeptEventRow row = new KeptEventRow();
    row.id = event.id();
    row.message = event.message();
    row.instanceId = criterion(event.instanceId());
    row.businessKey = criterion(event.businessKey());
    row.correlationKey = criterion(event.correlationKey());
    row.variables = event.variables();
    row.keptAt = event.at();
    row.expiresAt = event.expiresAt();
    database.with(session -> session.insert(row));
  }

  @Override
  public @Nullable KeptEvent kept(String id) {
    KeptEventRow row = database.with(session -> session.get(KeptEventRow.class, id));
    return row == null ? null : event(row);
  }

  @Override
  public @Nullable KeptEvent take(
      String message,
      String instanceId,
      @Nullable String businessKey,
      @Nullable String correlationKey,
      Instant now) {
    return database.with(
        session -> {
          KeptEventRow row = oldest(session, message, instanceId, businessKey, correlationKey, now);
          // Who deletes it has it. Another one who was faster may have left a next one.
          while (row != null && !delete(session, row.id)) {
            row = oldest(session, message, instanceId, businessKey, correlationKey, now);
          }
          return row == null ? null : event(row);
        });
  }

  private static @Nullable KeptEventRow oldest(
      StatelessSession session,
      String message,
      String instanceId,
      @Nullable String businessKey,
      @Nullable String correlationKey,
      Instant now) {
    return session
        .createSelectionQuery(
            """
            select e from KeptEventRow e
            where e.message = :message
              and e.businessKey in ('', :businessKey)
              and e.correlationKey in ('', :correlationKey)
              and e.instanceId in ('', :instanceId)
              and e.expiresAt > :now
            order by e.keptAt, e.id
            """,
            KeptEventRow.class)
        .setParameter("message", message)
        .setParameter("businessKey", criterion(businessKey))
        .setParameter("correlationKey", criterion(correlationKey))
        .setParameter("instanceId", criterion(instanceId))
        .setParameter("now", now)
        .setMaxResults(1)
        .getSingleResultOrNull();
  }

  @Override
  public boolean drop(String id) {
    return database.with(session -> delete(session, id));
  }

  private static boolean delete(StatelessSession session, String id) {
    return session
            .createMutationQuery("delete from KeptEventRow e where e.id = :id")
            .setParameter("id", id)
            .executeUpdate()
        == 1;
  }

  @Override
  public void dropExpired(Instant now) {
    database.with(
        session ->
            session
                .createMutationQuery("delete from KeptEventRow e where e.expiresAt <= :now")
                .setParameter("now", now)
                .executeUpdate());
  }

  @Override
  public boolean openBucket(long bucket) {
    return database.with(
        session ->
            session
                    .createNativeMutationQuery(
                        "insert into millrace_timer_bucket (bucket) values (:bucket)"
                            + " on conflict do nothing")
                    .setParameter("bucket", bucket)
                    .executeUpdate()
                == 1);
  }

  @Override
  public List<WaitRef> emptyBucket(long bucket, Instant from, Instant to) {
    return database.with(
        session -> {
          session
              .createNativeMutationQuery("delete from millrace_timer_bucket where bucket = :bucket")
              .setParameter("bucket", bucket)
              .executeUpdate();
          return session
              .createSelectionQuery(
                  """
                  select t from TimerRow t
                  where t.due >= :from and t.due < :to
                  order by t.due, t.id.instanceId, t.id.number
                  """,
                  TimerRow.class)
              .setParameter("from", from)
              .setParameter("to", to)
              .list()
              .stream()
              .map(timer -> new WaitRef(timer.id.instanceId(), timer.id.number(), timer.due))
              .toList();
        });
  }

  private static String criterion(@Nullable String text) {
    return text == null ? "" : "=" + text;
  }

  private static @Nullable String text(String criterion) {
    return criterion.isEmpty() ? null : criterion.substring(1);
  }

  private static KeptEvent event(KeptEventRow row) {
    return new KeptEvent(
        row.id,
        row.message,
        text(row.instanceId),
        text(row.businessKey),
        text(row.correlationKey),
        row.variables,
        row.keptAt,
        row.expiresAt);
  }
}
