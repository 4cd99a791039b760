package org.millrace.execution;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The timers that start the newest versions of processes, each with its next time. */
public interface StartTimerStore {

  /**
   * One of them.
   *
   * @param part which of the event definitions of the start event it is
   * @param text the date, duration or cycle
   * @param repeats how often it comes again after this time
   */
  record StartTimer(
      String process,
      String element,
      int part,
      int version,
      String text,
      Instant due,
      int repeats) {

    StartTimer next(Instant nextDue, int left) {
      return new StartTimer(process, element, part, version, text, nextDue, left);
    }
  }

  /** Replaces all of a process. */
  void replace(String process, List<StartTimer> timers);

  /** Reads one and locks it until the transaction ends; null if there is none. */
  @Nullable StartTimer lock(String process, String element, int part);

  /** Sets the next time of one that is locked. */
  void update(StartTimer timer);

  /** Removes one that is locked: it does not come again. */
  void remove(StartTimer timer);

  /** Those whose next time is in this stretch. */
  List<StartTimer> due(Instant from, Instant to);
}
