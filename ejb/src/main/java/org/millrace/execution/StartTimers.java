package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.millrace.execution.StartTimerStore.StartTimer;
import org.millrace.kernel.element.TimerDefinition;
import org.millrace.kernel.time.Recurrence.Schedule;

/**
 * Starts processes when their time has come: exactly one instance for each time, because the row
 * that has the next time is locked and goes on to the following one in the same transaction. What
 * else comes for the same time finds another time there, and is stale.
 */
@Singleton
public class StartTimers {

  private final StartTimerStore store;
  private final Timers timers;
  private final Starts starts;
  private final Graphs graphs;
  private final Engine engine;

  @Inject
  public StartTimers(
      StartTimerStore store, Timers timers, Starts starts, Graphs graphs, Engine engine) {
    this.store = store;
    this.timers = timers;
    this.starts = starts;
    this.graphs = graphs;
    this.engine = engine;
  }

  /** From now on these start the process, and no others. */
  void replace(String process, List<StartTimer> replacing) {
    store.replace(process, replacing);
    replacing.forEach(timers::schedule);
  }

  /**
   * Looks at a timer that should be due.
   *
   * @param version the version of the process that it was set for
   * @param due the time that it was set for
   * @return false if that version is not to be seen yet: then it is to be looked at again soon
   */
  public boolean fire(String process, String element, int part, int version, Instant due) {
    // Asked first: a lock that waits for the deployment may still not see the row that it brings.
    if (!graphs.isDeployed(process, version)) {
      return false;
    }
    StartTimer timer = store.lock(process, element, part);
    if (timer == null || timer.version() != version || !timer.due().equals(due)) {
      return true; // Replaced, or started already.
    }
    Instant now = engine.now();
    if (now.isBefore(due)) {
      timers.schedule(timer);
    } else {
      start(timer, now);
    }
    return true;
  }

  /** The next time first: a start that is refused is one, and does not end the cycle. */
  private void start(StartTimer timer, Instant now) {
    TimerDefinition definition =
        (TimerDefinition)
            graphs
                .get(timer.process(), timer.version())
                .element(timer.element())
                .definition()
                .parts()
                .get(timer.part());
    Schedule one = new Schedule(timer.due(), timer.repeats());
    Schedule next = definition.next(timer.text(), one, now);
    if (next == null) {
      store.remove(timer);
    } else {
      StartTimer again = timer.next(next.due(), next.repeats());
      store.update(again);
      timers.schedule(again);
    }
    if (!definition.isLeftOut(timer.text(), one, now)) {
      starts.startAt(timer.process(), timer.version(), timer.element(), Map.of());
    }
  }
}
