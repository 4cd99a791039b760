package org.millrace.definition;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long the instances of a process are kept when they have ended: an ISO 8601 duration, or
 * a number of days as Camunda 7 and Operaton have it. A year is 365 days here, and a month 30.
 */
final class HistoryTimeToLive {

  private static final String NAME = "historyTimeToLive";

  private HistoryTimeToLive() {}

  /** Null where it is not said. */
  static @Nullable Duration of(Reading process) {
    String own = process.own(NAME);
    String classic = process.classic(NAME);
    String text = own == null ? classic : own;
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return duration(text.strip());
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      process.problem(
          "%s=\"%s\" is neither an ISO 8601 duration, P30D for example, nor a number of days"
              .formatted(NAME, text));
      return null;
    }
  }

  private static Duration duration(String text) {
    if (!text.startsWith("P")) {
      return Duration.ofDays(Integer.parseUnsignedInt(text));
    }
    // Its date part has no weeks, months and years in Duration's words, and Period has no time.
    int time = text.indexOf('T');
    Period date = time == 1 ? Period.ZERO : Period.parse(time < 0 ? text : text.substring(0, time));
    Duration rest = time < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(time));
    if (date.isNegative() || rest.isNegative()) {
      throw new DateTimeException(text);
    }
    return rest.plusDays(date.getYears() * 365L + date.getMonths() * 30L + date.getDays());
  }
}
