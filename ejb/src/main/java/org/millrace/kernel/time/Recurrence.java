package org.millrace.kernel.time;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times that come again and again: an ISO 8601 repeating interval, or a cron expression. */
public sealed interface Recurrence permits RepeatingInterval, Cron {

  /** As often as there are times. */
  int FOREVER = -1;

  /**
   * A time, and how many there are after it.
   *
   * @param repeats {@link #FOREVER} where there is no end, or the end is a time
   */
  record Schedule(Instant due, int repeats) {}

  /**
   * Reads one.
   *
   * @throws DateTimeException if it is none
   * @throws ArithmeticException if it is out of all range
   * @throws NumberFormatException if it repeats too often
   */
  static Recurrence of(String text) {
    return text.startsWith("R") ? RepeatingInterval.of(text) : Cron.of(text);
  }

  /**
   * The first time that is not past.
   *
   * @return null if all are past
   */
  @Nullable Schedule first(Instant now);

  /**
   * The next time after one of its times.
   *
   * @param later the next time is later than this, too; the times between are left out
   * @return null if there is none
   */
  @Nullable Schedule after(Schedule one, Instant later);
}
