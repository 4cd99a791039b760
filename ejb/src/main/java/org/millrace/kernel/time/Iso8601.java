package org.millrace.kernel.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and durations as ISO 8601 writes them. What has no offset is UTC. */
public final class Iso8601 {

  private static final Pattern DURATION = Pattern.compile("P(?!$)([^T]*)(?:T(.+))?");

  /** As some engines write their dates: 2030-01-31T12:00:00.000+0000. */
  private static final Pattern OFFSET_WITHOUT_COLON = Pattern.compile("(.*T.*[+-]\\d\\d)(\\d\\d)");

  private Iso8601() {}

  /**
   * A date, or a date and a time.
   *
   * @throws DateTimeException if it is neither
   */
  public static Instant date(String text) {
    if (text.indexOf('T') < 0) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    TemporalAccessor date =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(
            OFFSET_WITHOUT_COLON.matcher(text).replaceFirst("$1:$2"),
            ZonedDateTime::from,
            LocalDateTime::from);
    return date instanceof ZonedDateTime zoned
        ? zoned.toInstant()
        : LocalDateTime.from(date).toInstant(ZoneOffset.UTC);
  }

  /**
   * The time that lies a duration after another; years, months and days are those of the calendar.
   *
   * @throws DateTimeException if it is no duration, or the time is out of all range
   * @throws ArithmeticException likewise
   */
  public static Instant after(Instant start, String duration) {
    Matcher parts = DURATION.matcher(duration);
    if (!parts.matches()) {
      throw new DateTimeException("no duration");
    }
    ZonedDateTime end = start.atZone(ZoneOffset.UTC);
    if (!parts.group(1).isEmpty()) {
      end = end.plus(Period.parse("P" + parts.group(1)));
    }
    if (parts.group(2) != null) {
      end = end.plus(Duration.parse("PT" + parts.group(2)));
    }
    return end.toInstant();
  }
}
