package org.millrace.definition;

import static org.millrace.definition.Namespaces.CLASSIC;
import static org.millrace.definition.Namespaces.DROOLS;
import static org.millrace.definition.Namespaces.ZEEBE;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Work;

/** Reads which stage does the work of an element, how often it tries, and how urgent it is. */
final class WorkReader {

  /** What can be part of a queue's name; no wildcards, no spaces, no ::, which the broker reads. */
  private static final Pattern STAGE = Pattern.compile("(?!.*::)[\\p{L}\\p{M}\\p{N}_.:$-]{1,200}");

  /** Types that say only that the work is done elsewhere. */
  private static final Set<String> EXTERNAL = Set.of("external", "external-worker");

  /** Types that are about what else is deployed in that engine. */
  private static final Set<String> ENGINES_OWN = Set.of("dmn", "case", "send-event");

  private static final Pattern CYCLE = Pattern.compile("R(\\d{1,4})/(P.+)");
  private static final int MAX_ATTEMPTS = 1000;

  private final Reading reading;
  private final @Nullable XmlElement taskDefinition;

  /**
   * Begins to read.
   *
   * @param reading the element that the attributes are on: a task, an event, or its definition
   */
  private WorkReader(Reading reading) {
    this.reading = reading;
    List<XmlElement> found = reading.extensions(List.of(ZEEBE), "taskDefinition");
    this.taskDefinition = found.isEmpty() ? null : found.get(0);
  }

  /** The work of a task. */
  static Work of(Reading task) {
    return new WorkReader(task).work(null);
  }

  /**
   * The work of an event that throws a message; other engines write some of it on its definition.
   */
  static Work of(Reading event, Reading definition) {
    return new WorkReader(event).work(new WorkReader(definition).stage());
  }

  private Work work(@Nullable String elsewhere) {
    String named = stage();
    String stage = named == null ? elsewhere : named;
    if (stage == null) {
      stage = String.valueOf(reading.element().id());
    }
    if (!STAGE.matcher(stage).matches()) {
      reading.problem(
          "\"%s\" is no name for a stage: it has letters, digits and . : _ - $".formatted(stage));
    }
    List<Duration> pauses = backoff();
    int attempts = attempts(pauses);
    return new Work(
        stage, attempts, pauses.isEmpty() ? Work.DEFAULT_BACKOFF : List.copyOf(pauses), priority());
  }

  private @Nullable String stage() {
    List<@Nullable String> names = new ArrayList<>();
    names.add(reading.own("stage"));
    names.add(taskDefinition == null ? null : constant(taskDefinition.attribute("type")));
    names.add(reading.classic("topic"));
    names.add(bean(reading.classic("delegateExpression")));
    String className = reading.classic("class");
    names.add(className == null ? null : CodeName.ofClass(className));
    names.add(method(reading.classic("expression")));
    names.add(reading.attribute(DROOLS, "taskName"));
    names.add(reading.attribute(DROOLS, "ruleFlowGroup"));
    names.add(connector());
    names.add(type(reading.classic("type")));
    for (String name : names) {
      if (name != null) {
        return name.strip();
      }
    }
    return null;
  }

  /** Camunda 8 computes both; here a stage is there before anything runs. */
  private @Nullable String constant(@Nullable String text) {
    if (text == null || !text.strip().startsWith("=")) {
      return text;
    }
    Expression expression = reading.compile(text, Expressions::value);
    Object value = null;
    try {
      value = expression == null ? null : expression.evaluate(Map.of(), Instant.EPOCH);
    } catch (EvaluationException e) {
      // It has no value without variables.
    }
    if (value == null) {
      reading.problem("\"" + text + "\" depends on variables, which is not supported here");
      return null;
    }
    return value.toString();
  }

  /** What another engine does by itself is work here, like all that is code. */
  private @Nullable String type(@Nullable String type) {
    if (type != null && ENGINES_OWN.contains(type)) {
      reading.problem("the type \"" + type + "\" is not supported; name a stage");
    }
    return type == null || EXTERNAL.contains(type) ? null : type;
  }

  private @Nullable String connector() {
    for (XmlElement connector : reading.extensions(CLASSIC, "connector")) {
      for (XmlElement child : connector.children()) {
        if (child.kind().equals("connectorId") && !child.text().isBlank()) {
          return child.text();
        }
      }
      reading.problem("its connector has no connectorId");
    }
    return null;
  }

  private @Nullable String bean(@Nullable String delegate) {
    if (delegate == null) {
      return null;
    }
    String bean = CodeName.ofBean(delegate);
    if (bean == null) {
      reading.problem("the delegateExpression \"" + delegate + "\" is not the name of a bean");
    }
    return bean;
  }

  private @Nullable String method(@Nullable String expression) {
    BeanCall call = expression == null ? null : BeanCall.parse(expression);
    if (expression != null && call == null && reading.own("stage") == null) {
      reading.problem("the expression \"" + expression + "\" does not call a method of a bean");
    }
    return call == null ? null : call.stage();
  }

  /** All attempts, the first one too, in all three ways of writing. */
  private int attempts(List<Duration> pauses) {
    String text = reading.own("retries");
    if (text == null && taskDefinition != null) {
      text = constant(taskDefinition.attribute("retries"));
    }
    if (text == null) {
      return cycleAttempts(pauses);
    }
    try {
      int attempts = Integer.parseInt(text.strip());
      if (attempts >= 0 && attempts <= MAX_ATTEMPTS) {
        return Math.max(1, attempts);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    reading.problem(
        "retries=\"%s\" is not a number from 0 to %d".formatted(text.strip(), MAX_ATTEMPTS));
    return Work.DEFAULT_ATTEMPTS;
  }

  private List<Duration> backoff() {
    List<Duration> pauses = new ArrayList<>();
    String text = reading.own("backoff");
    if (text != null) {
      for (String pause : text.split(",", MAX_ATTEMPTS)) {
        pauses.add(duration(pause));
      }
    }
    return pauses;
  }

  /** R3/PT10M: three attempts, ten minutes apart; PT1M,PT10M: the pauses between them. */
  private int cycleAttempts(List<Duration> pauses) {
    for (XmlElement cycle : reading.extensions(CLASSIC, "failedJobRetryTimeCycle")) {
      String text = cycle.text().strip();
      Matcher times = CYCLE.matcher(text);
      if (times.matches()) {
        pauses.add(duration(times.group(2)));
        return Math.max(1, Integer.parseInt(times.group(1)));
      }
      for (String pause : text.split(",", MAX_ATTEMPTS)) {
        pauses.add(duration(pause));
      }
      return pauses.size() + 1;
    }
    return Work.DEFAULT_ATTEMPTS;
  }

  private Duration duration(String text) {
    try {
      Duration duration = Duration.parse(text.strip());
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    reading.problem("\"%s\" is not an ISO 8601 duration such as PT10S".formatted(text.strip()));
    return Duration.ZERO;
  }

  private @Nullable Expression priority() {
    String text = reading.own("priority");
    if (text == null) {
      return null;
    }
    boolean isLiteral = !text.strip().startsWith("=") && !text.contains("{");
    if (isLiteral && !text.strip().matches("[0-9]")) {
      reading.problem("priority=\"" + text + "\" is not a number from 0 to 9");
      return null;
    }
    return reading.compile(text, source -> Expressions.condition(source, null));
  }
}
