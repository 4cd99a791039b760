package org.millrace.kernel.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An ISO 8601 repeating interval: {@code R3/PT10M}, with a start {@code
 * R3/2030-01-01T00:00:00Z/P1D} or with an end {@code R/P1D/2030-01-01T00:00:00Z}; or from a start
 * to an end, {@code R3/2030-01-01/2030-01-08}, which says how long the period is.
 *
 * @param times how many there are in all, {@link #FOREVER} for any number
 * @param start the first time; null for one period from when it is asked
 * @param period as ISO 8601 writes a duration
 * @param end no time is later; null for no end
 */
record RepeatingInterval(int times, @Nullable Instant start, String period, @Nullable Instant end)
    implements Recurrence {

  private static final Pattern FORM = Pattern.compile("R(\\d*)/([^/]+)(?:/([^/]+))?");

  static RepeatingInterval of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new DateTimeException("no repeating interval");
    }
    int times = parts.group(1).isEmpty() ? FOREVER : Integer.parseInt(parts.group(1));
    String one = parts.group(2).strip();
    String two = parts.group(3) == null ? null : parts.group(3).strip();
    RepeatingInterval interval;
    if (one.startsWith("P")) {
      interval = new RepeatingInterval(times, null, one, two == null ? null : Iso8601.date(two));
    } else if (two == null) {
      throw new DateTimeException("no period");
    } else if (two.startsWith("P")) {
      interval = new RepeatingInterval(times, Iso8601.date(one), two, null);
    } else {
      Duration period = Duration.between(Iso8601.date(one), Iso8601.date(two));
      interval = new RepeatingInterval(times, Iso8601.date(one), period.toString(), null);
    }
    if (!Iso8601.after(Instant.EPOCH, interval.period()).isAfter(Instant.EPOCH)) {
      throw new DateTimeException("a cycle without a pause never ends");
    }
    return interval;
  }

  @Override
  public @Nullable Schedule first(Instant now) {
    Instant due = start == null ? Iso8601.after(now, period) : start;
    if (end != null && due.isAfter(end)) {
      return null;
    }
    Schedule first = new Schedule(due, times == FOREVER ? FOREVER : Math.max(0, times - 1));
    return due.isBefore(now) ? after(first, now.minusNanos(1)) : first;
  }

  @Override
  public @Nullable Schedule after(Schedule one, Instant later) {
    Schedule next = skip(one, later);
    while (next != null && (next.equals(one) || !next.due().isAfter(later))) {
      next = step(next, 1);
    }
    return next == null || (end != null && next.due().isAfter(end)) ? null : next;
  }

  /** Goes near to a far time at one go, where all periods are of one length. */
  private @Nullable Schedule skip(Schedule one, Instant later) {
    if (!period.startsWith("PT") || !later.isAfter(one.due())) {
      return one;
    }
    Duration length = Duration.parse(period);
    long steps = Duration.between(one.due(), later).dividedBy(length);
    return steps == 0 ? one : step(one, steps);
  }

  private @Nullable Schedule step(Schedule one, long steps) {
    if (one.repeats() != FOREVER && one.repeats() < steps) {
      return null;
    }
    Instant due =
        steps == 1
            ? Iso8601.after(one.due(), period)
            : one.due().plus(Duration.parse(period).multipliedBy(steps));
    return new Schedule(due, one.repeats() == FOREVER ? FOREVER : one.repeats() - (int) steps);
  }
}
