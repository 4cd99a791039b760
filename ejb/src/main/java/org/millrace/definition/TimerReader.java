package org.millrace.definition;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.TimerDefinition;
import org.millrace.kernel.element.TimerDefinition.Missed;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Literal;

/** Reads timers. */
final class TimerReader {

  private static final Map<String, TimerDefinition.Type> TYPES =
      Map.of(
          "timeDate",
          TimerDefinition.Type.DATE,
          "timeDuration",
          TimerDefinition.Type.DURATION,
          "timeCycle",
          TimerDefinition.Type.CYCLE);

  /** What jBPM has in place of a language: how the time is written. */
  private static final Set<String> WORDS = Set.of("int", "cron");

  private TimerReader() {}

  static @Nullable EventDefinition read(Reading event, Reading definition, boolean isDrools) {
    XmlElement found = null;
    int times = 0;
    for (String kind : TYPES.keySet()) {
      for (XmlElement time : definition.children(kind)) {
        found = time;
        times++;
      }
    }
    Missed missed = missed(event, definition);
    if (found == null || times > 1) {
      definition.problem("a timer needs one of timeDate, timeDuration and timeCycle");
      return null;
    }
    Expression value = expression(definition.part(found), isDrools);
    if (value == null) {
      return null;
    }
    TimerDefinition timer =
        new TimerDefinition(requireNonNull(TYPES.get(found.kind())), value, missed);
    if (value instanceof Literal literal) {
      try {
        timer.schedule(literal.source(), Instant.EPOCH);
      } catch (EvaluationException e) {
        definition.problem(String.valueOf(e.getMessage()));
      }
    }
    return timer;
  }

  /** It may stand on the event, or on its definition where there are several. */
  private static Missed missed(Reading event, Reading definition) {
    String ofEvent = event.own("missed");
    String own = definition.own("missed");
    String word = own == null ? ofEvent : own;
    if (word != null) {
      for (Missed missed : Missed.values()) {
        if (missed.name().toLowerCase(Locale.ROOT).equals(word.strip())) {
          return missed;
        }
      }
      definition.problem("missed=\"" + word + "\" is none of once, all, skip");
    }
    return Missed.ONCE;
  }

  /** A formal expression; what it evaluates to is for the engine to check, not for its type. */
  private static @Nullable Expression expression(Reading time, boolean isDrools) {
    String named = time.attribute("language");
    String language = isDrools && named != null && WORDS.contains(named) ? null : named;
    String end = time.classic("endDate");
    String own = time.element().text();
    String written = end == null ? own : own.strip() + "/" + end.strip();
    String iso = isDrools ? JbpmTime.iso(time.element().kind(), written) : written;
    time.ignore("evaluatesToTypeRef");
    Expression expression =
        time.compile(
            iso,
            text ->
                language == null ? Expressions.value(text) : Expressions.condition(text, language));
    time.close();
    return expression;
  }
}
