package org.millrace.persistence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.SignalStore;
import org.millrace.execution.WaitStore.WaitRef;

/** Who waits for signals. */
@Singleton
class StoredSignals implements SignalStore {

  private final Database database;

  @Inject
  StoredSignals(Database database) {
    this.database = database;
  }

  @Override
  public List<WaitRef> waitingFor(String signal, @Nullable String but) {
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    """
                    select w.id from SignalWaitRow w
                    where w.signal = :signal and w.id.instanceId <> :but
                    order by w.id.instanceId, w.id.number
                    """,
                    Key.class)
                .setParameter("signal", signal)
                .setParameter("but", but == null ? "" : but)
                .list()
                .stream()
                .map(key -> new WaitRef(key.instanceId(), key.number(), null))
                .toList());
  }

  @Override
  public void listenForStarts(String process, List<SignalStart> starts) {
    database.with(
        session -> {
          session
              .createMutationQuery("delete from StartSignalRow s where s.id.process = :process")
              .setParameter("process", process)
              .executeUpdate();
          for (SignalStart start : starts) {
            StartSignalRow row = new StartSignalRow();
            row.id = new StartSignalRow.Id(start.signal(), process, start.element());
            session.insert(row);
          }
          return null;
        });
  }

  @Override
  public List<SignalStart> startedBy(String signal) {
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    """
                    select s from StartSignalRow s
                    where s.id.signal = :signal
                    order by s.id.process, s.id.element
                    """,
                    StartSignalRow.class)
                .setParameter("signal", signal)
                .list()
                .stream()
                .map(row -> new SignalStart(row.id.signal(), row.id.process(), row.id.element()))
                .toList());
  }
}
