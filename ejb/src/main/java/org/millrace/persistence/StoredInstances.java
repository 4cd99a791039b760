package org.millrace.persistence;

import static java.util.stream.Collectors.toMap;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Instance;
import org.millrace.execution.InstanceStore;
import org.millrace.kernel.event.Event;
import org.millrace.persistence.Unwritten.Step;
import org.millrace.persistence.codec.EventCodec;

/**
 * Instances: one row each, one more for every step. A stage costs one locking select, one update
 * and one insert; {@link Waits} adds to that only where somebody looks from outside.
 */
@Singleton
class StoredInstances implements InstanceStore {

  private final Database database;

  /** What the thread does {@link #together}: written at its end, or when it has to be there. */
  private final ThreadLocal<@Nullable Unwritten> together = new ThreadLocal<>();

  @Inject
  StoredInstances(Database database) {
    this.database = database;
  }

  @Override
  public void together(Collection<String> ids, Map<String, Instance> seen, Runnable work) {
    if (together.get() != null) {
      throw new IllegalStateException("a transaction has one group, and no group in it");
    }
    Unwritten unwritten = new Unwritten();
    together.set(unwritten);
    try {
      database.with(session -> new InstanceSql(session).lock(ids, seen)).forEach(unwritten::know);
      work.run();
      write(unwritten);
    } finally {
      together.remove();
    }
  }

  private void write(Unwritten unwritten) {
    database.with(
        session -> {
          unwritten.write(session);
          return null;
        });
  }

  /** Before anything that looks at the rows themselves. */
  private void write() {
    Unwritten unwritten = together.get();
    if (unwritten != null) {
      write(unwritten);
    }
  }

  @Override
  public void insert(Instance instance, List<Event> events, Instant at) {
    add(new Step(null, instance, events, at));
  }

  @Override
  public void update(Instance before, Instance after, List<Event> events, Instant at) {
    add(new Step(before, after, events, at));
  }

  private void add(Step step) {
    Unwritten unwritten = together.get();
    if (unwritten != null) {
      unwritten.add(step);
    } else {
      Unwritten alone = new Unwritten();
      alone.add(step);
      write(alone);
    }
  }

  @Override
  public @Nullable Instance read(String id) {
    Instance known = known(id);
    return known != null ? known : first(readAll(List.of(id)));
  }

  @Override
  public List<Instance> readAll(Collection<String> ids) {
    return database.with(session -> new InstanceSql(session).read(ids));
  }

  @Override
  public @Nullable Instance lock(String id) {
    Instance known = known(id);
    if (known != null) {
      return known;
    }
    Instance locked =
        first(database.with(session -> new InstanceSql(session).lock(List.of(id), Map.of())));
    Unwritten unwritten = together.get();
    if (unwritten != null && locked != null) {
      unwritten.know(locked);
    }
    return locked;
  }

  private @Nullable Instance known(String id) {
    Unwritten unwritten = together.get();
    return unwritten == null ? null : unwritten.known(id);
  }

  private static @Nullable Instance first(List<Instance> found) {
    return found.isEmpty() ? null : found.get(0);
  }

  @Override
  public void expectReplies(String id) {
    write();
    database.with(
        session ->
            session
                .createMutationQuery("update InstanceRow i set i.replies = true where i.id = :id")
                .setParameter("id", id)
                .executeUpdate());
    Unwritten unwritten = together.get();
    Instance known = known(id);
    if (unwritten != null && known != null) {
      unwritten.know(known.expectingReplies());
    }
  }

  @Override
  public List<Running> running(String process, int version) {
    write();
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    """
                    select i.id, i.businessKey, i.activities from InstanceRow i
                    where i.process = :process and i.version = :version and i.endedAt is null
                    order by i.startedAt, i.id
                    """,
                    Object[].class)
                .setParameter("process", process)
                .setParameter("version", version)
                .list()
                .stream()
                .map(
                    row ->
                        new Running((String) row[0], (String) row[1], Words.split((String) row[2])))
                .toList());
  }

  @Override
  public List<Instance> ended(@Nullable String process, @Nullable String after, int atMost) {
    Filter filter =
        new Filter()
            .and("i.process = ?", process)
            .and("i.id > ?", after)
            .and("i.endedAt is not null");
    return database.with(
        session -> {
          List<String> ids =
              filter
                  .fill(
                      session.createSelectionQuery(
                          "select i.id from InstanceRow i" + filter.where() + " order by i.id",
                          String.class))
                  .setMaxResults(atMost)
                  .list();
          Map<String, Instance> found =
              new InstanceSql(session).read(ids).stream().collect(toMap(Instance::id, i -> i));
          return ids.stream().map(found::get).filter(Objects::nonNull).toList();
        });
  }

  @Override
  public List<Recorded> history(String id) {
    write();
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    "select s from StepRow s where s.id.instanceId = :id order by s.id.step",
                    StepRow.class)
                .setParameter("id", id)
                .list()
                .stream()
                .map(s -> new Recorded(s.id.step(), s.recordedAt, EventCodec.read(s.events)))
                .toList());
  }
}
