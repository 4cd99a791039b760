package org.millrace.kernel.element;

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
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.state.Wait;

/**
 * A timer: a date, a duration or a cycle, as ISO 8601 writes them. A date without an offset is UTC.
 * BPMN 2.0 table 10.101.
 */
public record TimerDefinition(Type type, Expression value) implements EventDefinition {

  /** Which of the three it is. */
  public enum Type {
    DATE,
    DURATION,
    CYCLE
  }

  private static final Pattern CYCLE = Pattern.compile("R(\\d*)/(?:([^P/][^/]*)/)?(P[^/]+)");
  private static final Pattern DURATION = Pattern.compile("P(?!$)([^T]*)(?:T(.+))?");

  /** The first time that it fires, and how often again. */
  public record Schedule(Instant due, int repeats) {}

  @Override
  public Wait arm(Step step, int scope, String element) {
    Schedule schedule = schedule(text(step, scope), step.now());
    return Wait.timer(step.nextId(), scope, element, schedule.due(), schedule.repeats());
  }

  /** The wait for the next time of a cycle. */
  public Wait rearm(Step step, Wait fired) {
    String text = text(step, fired.scope());
    Matcher cycle = CYCLE.matcher(text);
    if (!cycle.matches() || fired.due() == null) {
      throw new EvaluationException("timer \"" + text + "\" is no longer a cycle");
    }
    int repeats = fired.repeats() == Wait.FOREVER ? Wait.FOREVER : fired.repeats() - 1;
    try {
      Instant due = after(fired.due(), cycle.group(3));
      return Wait.timer(step.nextId(), fired.scope(), fired.element(), due, repeats);
    } catch (DateTimeException | ArithmeticException e) {
      throw new EvaluationException("timer \"" + text + "\" has no next time");
    }
  }

  private String text(Step step, int scope) {
    return String.valueOf(step.variables().evaluate(value, scope)).strip();
  }

  /**
   * Reads a timer's text.
   *
   * @throws EvaluationException if it is not ISO 8601; the message says what would be
   */
  public Schedule schedule(String text, Instant now) {
    try {
      return switch (type) {
        case DATE -> new Schedule(date(text), 0);
        case DURATION -> new Schedule(after(now, text), 0);
        case CYCLE -> cycle(text, now);
      };
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new EvaluationException(
          "timer \"%s\" is not an ISO 8601 %s such as %s"
              .formatted(
                  text,
                  type.name().toLowerCase(java.util.Locale.ROOT),
                  switch (type) {
                    case DATE -> "2030-01-31T12:00:00Z";
                    case DURATION -> "PT15M";
                    case CYCLE -> "R3/PT10M";
                  }));
    }
  }

  private static Schedule cycle(String text, Instant now) {
    Matcher cycle = CYCLE.matcher(text);
    if (!cycle.matches()) {
      throw new DateTimeException("no cycle");
    }
    if (!after(now, cycle.group(3)).isAfter(now)) {
      throw new DateTimeException("a cycle without a pause never ends");
    }
    Instant first =
        cycle.group(2) == null ? after(now, cycle.group(3)) : date(cycle.group(2).strip());
    int times = cycle.group(1).isEmpty() ? Wait.FOREVER : Integer.parseInt(cycle.group(1));
    return new Schedule(first, times == Wait.FOREVER ? times : Math.max(0, times - 1));
  }

  private static Instant date(String text) {
    if (text.indexOf('T') < 0) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    TemporalAccessor date =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
    return date instanceof ZonedDateTime zoned
        ? zoned.toInstant()
        : LocalDateTime.from(date).toInstant(ZoneOffset.UTC);
  }

  private static Instant after(Instant start, String duration) {
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
