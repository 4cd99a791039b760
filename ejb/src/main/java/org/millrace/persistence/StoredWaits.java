package org.millrace.persistence;

import static java.util.Objects.requireNonNull;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Node;
import org.millrace.execution.WaitStore;

/** Waits, messages that came too early, and the buckets of far timers. */
@Singleton
class StoredWaits implements WaitStore {

  private static final int AT_MOST = 10;

  /** The next one who looks drops the next ones. */
  private static final int EXPIRED_AT_ONCE = 100;

  private final Database database;
  private final Together together;

  @Inject
  StoredWaits(Database database, Together together) {
    this.database = database;
    this.together = together;
  }

  @Override
  public List<WaitRef> waitingFor(Addressed message) {
    Unwritten unwritten = together.unwritten();
    if (unwritten != null) {
      WaitRef certain = unwritten.expected.certain(message, unwritten);
      if (certain != null) {
        return List.of(certain);
      }
      if (unwritten.expected.isNone(message, unwritten)) {
        return List.of();
      }
    }
    together.write();
    return found(List.of(message), AT_MOST).stream()
        .map(row -> new WaitRef(row.id.instanceId(), row.id.number(), null))
        .toList();
  }

  @Override
  public Set<String> expect(List<Addressed> messages) {
    Unwritten unwritten = together.unwritten();
    if (unwritten == null) {
      return Set.of();
    }
    return unwritten.expected.lookUp(messages, this::found);
  }

  /** What may wait for some messages that name the same criteria, oldest first. */
  private List<MessageWaitRow> found(List<Addressed> alike, int atMost) {
    Filter filter =
        new Filter()
            .in("w.message", alike, Addressed::message)
            .in("w.id.instanceId", alike, Addressed::instanceId)
            .in("w.businessKey", alike, Addressed::businessKey)
            .in("w.correlationKey", alike, Addressed::correlationKey);
    return database.with(
        session ->
            filter
                .fill(
                    session.createSelectionQuery(
                        "select w from MessageWaitRow w"
                            + filter.where()
                            + " order by w.since, w.id.instanceId, w.id.number",
                        MessageWaitRow.class))
                .setMaxResults(atMost)
                .list());
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
    Unwritten unwritten = together.unwritten();
    if (unwritten != null) {
      unwritten.answer(new AnyKept(event.message()), true);
    }
  }

  /** Whether there is any kept message of this name: mostly not, and then no wait looks for it. */
  private record AnyKept(String message) {}

  private boolean anyKept(String message) {
    return !database
        .with(
            session ->
                session
                    .createSelectionQuery(
                        "select 1 from KeptEventRow e where e.message = :message", Integer.class)
                    .setParameter("message", message)
                    .setMaxResults(1)
                    .list())
        .isEmpty();
  }

  @Override
  public @Nullable KeptEvent lockKept(String id) {
    KeptEventRow row =
        database.with(
            session -> session.get(KeptEventRow.class, (Object) id, LockMode.PESSIMISTIC_WRITE));
    return row == null ? null : event(row);
  }

  @Override
  public @Nullable KeptEvent lockOldest(Addressed address, Instant now) {
    if (isNoneKept(address.message())) {
      return null;
    }
    KeptEventRow row =
        database.with(
            session ->
                session
                    .createSelectionQuery(
                        """
                        select e from KeptEventRow e
                        where e.message = :message
                          and e.businessKey = :businessKey
                          and e.correlationKey = :correlationKey
                          and e.instanceId = :instanceId
                          and e.expiresAt > :now
                        order by e.keptAt, e.id
                        """,
                        KeptEventRow.class)
                    .setParameter("message", address.message())
                    .setParameter("businessKey", criterion(address.businessKey()))
                    .setParameter("correlationKey", criterion(address.correlationKey()))
                    .setParameter("instanceId", criterion(address.instanceId()))
                    .setParameter("now", now)
                    .setMaxResults(1)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .getSingleResultOrNull());
    return row == null ? null : event(row);
  }

  /** In a group it is asked once for all. */
  private boolean isNoneKept(String message) {
    return together.unwritten() != null
        && !together.once(new AnyKept(message), () -> anyKept(message));
  }

  @Override
  public @Nullable KeptEvent take(
      String message,
      String instanceId,
      @Nullable String businessKey,
      @Nullable String correlationKey,
      Instant now) {
    if (isNoneKept(message)) {
      return null;
    }
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

  /** Not what others look at, who drop it themselves: two would wait for each other. */
  @Override
  public void dropExpired(Instant now) {
    database.with(
        session -> {
          List<String> expired = Expired.lock(session, "millrace_kept_event", now, EXPIRED_AT_ONCE);
          return expired.isEmpty()
              ? 0
              : session
                  .createMutationQuery("delete from KeptEventRow e where e.id in (:ids)")
                  .setParameterList("ids", expired)
                  .executeUpdate();
        });
  }

  @Override
  public boolean openBucket(long bucket) {
    return database.with(
        session ->
            session
                    .createNativeMutationQuery(
                        "insert into millrace_timer_bucket (node, bucket) values (:node, :bucket)"
                            + " on conflict do nothing")
                    .setParameter("node", Node.NAME)
                    .setParameter("bucket", bucket)
                    .executeUpdate()
                == 1);
  }

  @Override
  public void closeBucket(long bucket) {
    database.with(
        session ->
            session
                .createNativeMutationQuery(
                    "delete from millrace_timer_bucket where node = :node and bucket = :bucket")
                .setParameter("node", Node.NAME)
                .setParameter("bucket", bucket)
                .executeUpdate());
  }

  @Override
  public List<WaitRef> timers(Instant from, Instant to, @Nullable WaitRef after, int atMost) {
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    """
                    select t from TimerRow t
                    where t.due >= :from and t.due < :to
                      and (t.due > :from or t.id.instanceId > :id
                        or (t.id.instanceId = :id and t.id.number > :number))
                    order by t.due, t.id.instanceId, t.id.number
                    """,
                    TimerRow.class)
                .setParameter("from", after == null ? from : requireNonNull(after.due()))
                .setParameter("to", to)
                .setParameter("id", after == null ? "" : after.instanceId())
                .setParameter("number", after == null ? 0 : after.waitId())
                .setMaxResults(atMost)
                .list()
                .stream()
                .map(timer -> new WaitRef(timer.id.instanceId(), timer.id.number(), timer.due))
                .toList());
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
