package org.millrace.kernel.element;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.state.Wait;
import org.millrace.kernel.time.Iso8601;
import org.millrace.kernel.time.Recurrence;
import org.millrace.kernel.time.Recurrence.Schedule;

/**
 * A timer: a date or a duration as ISO 8601 writes them, or a cycle: an ISO 8601 repeating interval
 * or a cron expression. A date without an offset is UTC. BPMN 2.0 table 10.101.
 *
 * @param missed what becomes of the times of a cycle that nobody could attend to
 */
public record TimerDefinition(Type type, Expression value, Missed missed)
    implements EventDefinition {

  /** Which of the three it is. */
  public enum Type {
    DATE,
    DURATION,
    CYCLE
  }

  /**
   * What becomes of missed times. A time is missed when it is attended to more than a minute late,
   * or only after the next one has come: the server was down.
   */
  public enum Missed {
    /** All missed times together fire once. */
    ONCE,
    /** Each one fires, late. */
    ALL,
    /** They are left out. */
    SKIP
  }

  /** What is later is missed. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  public TimerDefinition(Type type, Expression value) {
    this(type, value, Missed.ONCE);
  }

  @Override
  public Wait arm(Step step, int scope, String element) {
    Schedule schedule = schedule(text(step, scope), step.now());
    return Wait.timer(step.nextId(), scope, element, schedule.due(), schedule.repeats());
  }

  /**
   * The wait for the next time of a cycle.
   *
   * @return null if there is none
   */
  public @Nullable Wait rearm(Step step, Wait fired) {
    Schedule next = next(text(step, fired.scope()), schedule(fired), step.now());
    return next == null
        ? null
        : Wait.timer(step.nextId(), fired.scope(), fired.element(), next.due(), next.repeats())
            .inPart(fired.part());
  }

  /** Whether a wait that is due is to be left out. */
  public boolean isLeftOut(Step step, Wait due) {
    return missed == Missed.SKIP && isLeftOut(text(step, due.scope()), schedule(due), step.now());
  }

  /** Whether a time that is due is to be left out: it is missed, and that is the policy. */
  public boolean isLeftOut(String text, Schedule due, Instant now) {
    return type == Type.CYCLE && missed == Missed.SKIP && isMissed(text, due, now);
  }

  private static Schedule schedule(Wait wait) {
    return new Schedule(requireNonNull(wait.due()), wait.repeats());
  }

  private String text(Step step, int scope) {
    return String.valueOf(step.variables().evaluate(value, scope)).strip();
  }

  /**
   * Reads a timer's text: the first time that it fires, and how often again.
   *
   * @throws EvaluationException if it cannot be read; the message says how it would be right
   */
  public Schedule schedule(String text, Instant now) {
    try {
      return switch (type) {
        case DATE ->
            new Schedule(text.startsWith("P") ? Iso8601.after(now, text) : Iso8601.date(text), 0);
        case DURATION -> new Schedule(Iso8601.after(now, text), 0);
        case CYCLE -> first(Recurrence.of(text), now);
      };
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new EvaluationException(
          "timer \"%s\" is not %s"
              .formatted(
                  text,
                  switch (type) {
                    case DATE -> "an ISO 8601 date such as 2030-01-31T12:00:00Z";
                    case DURATION -> "an ISO 8601 duration such as PT15M";
                    case CYCLE -> "an ISO 8601 cycle such as R3/PT10M, or cron";
                  }));
    }
  }

  /** Of a cycle that is past, as of a date that is past, the time is now. */
  private static Schedule first(Recurrence cycle, Instant now) {
    Schedule first = cycle.first(now);
    return first == null ? new Schedule(now, 0) : first;
  }

  /**
   * The time after one that has been attended to, by the policy for those missed since.
   *
   * @return null if there is none
   * @throws EvaluationException if the text is no longer a cycle
   */
  public @Nullable Schedule next(String text, Schedule one, Instant now) {
    if (type != Type.CYCLE || one.repeats() == 0) {
      return null;
    }
    try {
      return Recurrence.of(text).after(one, missed == Missed.ALL ? one.due() : now);
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new EvaluationException(
          "timer \"%s\" is no longer a cycle: %s"
              .formatted(text, String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT)));
    }
  }

  private static boolean isMissed(String text, Schedule one, Instant now) {
    if (now.isAfter(one.due().plus(TOLERANCE))) {
      return true;
    }
    Schedule following = one.repeats() == 0 ? null : Recurrence.of(text).after(one, one.due());
    return following != null && !following.due().isAfter(now);
  }
}
