package org.millrace.persistence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.hibernate.LockMode;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.StartTimerStore;

/** The timers that start processes. */
@Singleton
class StoredStartTimers implements StartTimerStore {

  private final Database database;

  @Inject
  StoredStartTimers(Database database) {
    this.database = database;
  }

  @Override
  public void replace(String process, List<StartTimer> timers) {
    database.with(
        session -> {
          session
              .createMutationQuery("delete from StartTimerRow t where t.id.process = :process")
              .setParameter("process", process)
              .executeUpdate();
          timers.forEach(timer -> session.insert(row(timer)));
          return null;
        });
  }

  @Override
  public @Nullable StartTimer lock(String process, String element, int part) {
    StartTimerRow row =
        database.with(
            session ->
                session.get(
                    StartTimerRow.class,
                    new StartTimerRow.Id(process, element, part),
                    LockMode.PESSIMISTIC_WRITE));
    return row == null ? null : timer(row);
  }

  @Override
  public void update(StartTimer timer) {
    database.with(
        session -> {
          session.update(row(timer));
          return null;
        });
  }

  @Override
  public void remove(StartTimer timer) {
    database.with(
        session -> {
          session.delete(row(timer));
          return null;
        });
  }

  @Override
  public List<StartTimer> due(Instant from, Instant to) {
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    """
                    select t from StartTimerRow t
                    where t.due >= :from and t.due < :to
                    order by t.due, t.id.process, t.id.element, t.id.part
                    """,
                    StartTimerRow.class)
                .setParameter("from", from)
                .setParameter("to", to)
                .list()
                .stream()
                .map(StoredStartTimers::timer)
                .toList());
  }

  private static StartTimerRow row(StartTimer timer) {
    StartTimerRow row = new StartTimerRow();
    row.id = new StartTimerRow.Id(timer.process(), timer.element(), timer.part());
    row.version = timer.version();
    row.cycle = timer.text();
    row.due = timer.due();
    row.repeats = timer.repeats();
    return row;
  }

  private static StartTimer timer(StartTimerRow row) {
    return new StartTimer(
        row.id.process(),
        row.id.element(),
        row.id.part(),
        row.version,
        row.cycle,
        row.due,
        row.repeats);
  }
}
