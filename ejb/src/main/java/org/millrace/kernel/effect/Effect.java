package org.millrace.kernel.effect;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.millrace.kernel.state.Wait;

/** Something to be done outside, in the transaction that stores the new state. */
public sealed interface Effect {

  /**
   * Put work on its stage's queue.
   *
   * @param delay how long it stays invisible there
   * @param priority 0 to 9
   * @param variables what the activity sees
   */
  record SendWork(Wait work, Duration delay, int priority, Map<String, Object> variables)
      implements Effect {}

  /** See to it that the timer is looked at when it is due. */
  record ScheduleTimer(int waitId, Instant due) implements Effect {}
}
