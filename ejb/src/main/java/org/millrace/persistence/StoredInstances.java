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
 * Instances: one row each, one more for every step. A stage costs one update and one insert, and
 * one locking select where others may carry on the same instance; {@link Waits} adds to that only
 * where somebody looks from outside.
 */
@Singleton
class StoredInstances implements InstanceStore {

  private final Database database;

  private final Together together;

  @Inject
  StoredInstances(Database database, Together together) {
    this.database = database;
    this.together = together;
  }

  @Override
  public void together(Runnable work) {
    together.run(work);
  }

  @Override
  public boolean isTogether() {
    return together.unwritten() != null;
  }

  @Override
  public void lockAll(Collection<String> ids, Map<String, Instance> seen) {
    Unwritten unwritten = several();
    database.with(session -> new InstanceSql(session).lock(ids, seen)).forEach(unwritten::know);
  }

  @Override
  public void assumeAll(Collection<Instance> left) {
    left.forEach(several()::know);
  }

  private Unwritten several() {
    Unwritten unwritten = together.unwritten();
    if (unwritten == null) {
      throw new IllegalStateException("several are taken together, or none");
    }
    return unwritten;
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
    Unwritten unwritten = together.unwritten();
    if (unwritten != null) {
      unwritten.add(step);
    } else {
      Unwritten alone = new Unwritten();
      alone.add(step);
      together.write(alone);
    }
  }

  @Override
  public @Nullable Instance read(String id) {
    Instance known = known(id);
    return known != null ? known : first(readAll(List.of(id)));
  }

  @Override
  public List<Instance> readAll(Collection<String> ids) {
    return ids.isEmpty() ? List.of() : database.with(session -> new InstanceSql(session).read(ids));
  }

  @Override
  public @Nullable Instance lock(String id) {
    Instance known = known(id);
    if (known != null) {
      return known;
    }
    Instance locked =
        first(database.with(session -> new InstanceSql(session).lock(List.of(id), Map.of())));
    Unwritten unwritten = together.unwritten();
    if (unwritten != null && locked != null) {
      unwritten.know(locked);
    }
    return locked;
  }

  private @Nullable Instance known(String id) {
    Unwritten unwritten = together.unwritten();
    return unwritten == null ? null : unwritten.known(id);
  }

  private static @Nullable Instance first(List<Instance> found) {
    return found.isEmpty() ? null : found.get(0);
  }

  @Override
  public void expectReplies(String id) {
    together.write();
    database.with(
        session ->
            session
                .createMutationQuery("update InstanceRow i set i.replies = true where i.id = :id")
                .setParameter("id", id)
                .executeUpdate());
    Unwritten unwritten = together.unwritten();
    Instance known = known(id);
    if (unwritten != null && known != null) {
      unwritten.know(known.expectingReplies());
    }
  }

  @Override
  public List<Running> running(String process, int version) {
    together.write();
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    """
                    select i.id, i.businessKey, i.activities from InstanceRow i
                    where i.process = :process and i.state in ('running', 'suspended')
                      and i.version = :version
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
    together.write();
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
