package org.millrace.kernel.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression as Quartz and Spring write it: second, minute, hour, day of month, month, day
 * of week, and perhaps a year; in UTC. In a field stand {@code *}, numbers, names, ranges {@code
 * 9-17}, steps {@code 0/15} and lists of these; {@code ?} for a day that does not matter. Days know
 * the further words of {@link CronDays}.
 */
final class Cron implements Recurrence {

  private static final Map<String, String> MACROS =
      Map.of(
          "@yearly", "0 0 0 1 1 *",
          "@annually", "0 0 0 1 1 *",
          "@monthly", "0 0 0 1 * *",
          "@weekly", "0 0 0 * * SUN",
          "@daily", "0 0 0 * * *",
          "@midnight", "0 0 0 * * *",
          "@hourly", "0 0 * * * *");

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2199;

  private final BitSet seconds;
  private final BitSet minutes;
  private final BitSet hours;
  private final CronDays days;
  private final BitSet months;
  private final BitSet years;

  private Cron(String[] fields) {
    seconds = field(fields[0], 0, 59);
    minutes = field(fields[1], 0, 59);
    hours = field(fields[2], 0, 23);
    months = field(names(fields[4], MONTHS, 1), 1, 12);
    days = CronDays.of(fields[3], fields[5]);
    years = field(fields.length == 7 ? fields[6] : "*", FIRST_YEAR, LAST_YEAR);
  }

  static Cron of(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    String macro = MACROS.get(upper.toLowerCase(Locale.ROOT));
    String[] fields = (macro == null ? upper : macro).split("\\s+", -1);
    if (fields.length < 6 || fields.length > 7) {
      throw new DateTimeException("a cron expression has six or seven fields");
    }
    return new Cron(fields);
  }

  /** Writes numbers for names. */
  static String names(String field, List<String> names, int first) {
    String numbers = field;
    for (int i = 0; i < names.size(); i++) {
      numbers = numbers.replace(names.get(i), String.valueOf(first + i));
    }
    return numbers;
  }

  /** The values that a field allows. */
  static BitSet field(String field, int min, int max) {
    BitSet values = new BitSet();
    for (String part : field.split(",", -1)) {
      String[] stepped = part.split("/", -1);
      String[] range = stepped[0].split("-", -1);
      if (stepped.length > 2 || range.length > 2) {
        throw new DateTimeException("no cron field: " + field);
      }
      boolean any = range[0].equals("*") || range[0].equals("?");
      int from = any ? min : number(range[0], min, max);
      int to = from;
      if (range.length == 2) {
        to = number(range[1], min, max);
      } else if (any || stepped.length == 2) {
        to = max;
      }
      int step = stepped.length == 2 ? number(stepped[1], 1, max + 1) : 1;
      // A range like 22-2 goes round.
      int length = to >= from ? to - from : to - from + max - min + 1;
      for (int offset = 0; offset <= length; offset += step) {
        values.set(min + (from - min + offset) % (max - min + 1));
      }
    }
    return values;
  }

  static int number(String text, int min, int max) {
    int number = Integer.parseInt(text);
    if (number < min || number > max) {
      throw new DateTimeException(text + " is not from " + min + " to " + max);
    }
    return number;
  }

  @Override
  public @Nullable Schedule first(Instant now) {
    return next(now.minusNanos(1));
  }

  @Override
  public @Nullable Schedule after(Schedule one, Instant later) {
    return next(later.isAfter(one.due()) ? later : one.due());
  }

  private @Nullable Schedule next(Instant later) {
    ZonedDateTime time =
        later.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    while (time.getYear() <= LAST_YEAR) {
      ZonedDateTime further = further(time);
      if (further.equals(time)) {
        return new Schedule(time.toInstant(), FOREVER);
      }
      time = further;
    }
    return null;
  }

  /** This time if it is one, else the next one that could be: the largest wrong field goes on. */
  private ZonedDateTime further(ZonedDateTime time) {
    if (!years.get(time.getYear())) {
      return time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1).plusYears(1);
    } else if (!months.get(time.getMonthValue())) {
      return time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
    } else if (!days.has(time.toLocalDate())) {
      return time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
    } else if (!hours.get(time.getHour())) {
      return time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
    } else if (!minutes.get(time.getMinute())) {
      return time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    } else if (!seconds.get(time.getSecond())) {
      return time.plusSeconds(1);
    }
    return time;
  }
}
