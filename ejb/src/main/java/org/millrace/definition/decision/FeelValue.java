package org.millrace.definition.decision;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.time.chrono.ChronoPeriod;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.core.DMNType;
import org.kie.dmn.core.impl.BaseDMNTypeImpl;
import org.kie.dmn.feel.lang.types.BuiltInType;
import org.kie.dmn.feel.runtime.functions.DateAndTimeFunction;
import org.kie.dmn.feel.runtime.functions.DateFunction;
import org.kie.dmn.feel.runtime.functions.DurationFunction;
import org.kie.dmn.feel.runtime.functions.FEELFnResult;
import org.kie.dmn.feel.runtime.functions.TimeFunction;
import org.millrace.json.Json;
import org.millrace.json.JsonException;

/**
 * Between the variables of processes and FEEL. Numbers, strings, booleans, lists and objects are
 * the same in both; dates, times and durations are strings in variables, as ISO 8601 writes them,
 * and become what they are where the decision declares their type.
 */
final class FeelValue {

  private static final Map<BuiltInType, Function<String, FEELFnResult<?>>> TEMPORAL =
      Map.of(
          BuiltInType.DATE, text -> DateFunction.INSTANCE.invoke(text),
          BuiltInType.TIME, text -> TimeFunction.INSTANCE.invoke(text),
          BuiltInType.DATE_TIME, text -> DateAndTimeFunction.INSTANCE.invoke(text),
          BuiltInType.DURATION, text -> DurationFunction.INSTANCE.invoke(text));

  private static final int MAX_VALUES = 200_000;

  private int values;

  private FeelValue() {}

  /** A variable as a value of this type; as it is, where it cannot be one. */
  static @Nullable Object of(@Nullable Object variable, @Nullable DMNType type) {
    if (type == null || variable == null) {
      return variable;
    }
    if (variable instanceof List<?> items) {
      DMNType each = type.isCollection() && type.getBaseType() != null ? type.getBaseType() : type;
      List<@Nullable Object> values = new ArrayList<>(items.size());
      items.forEach(item -> values.add(of(item, each)));
      return values;
    }
    if (variable instanceof Map<?, ?> object && type.isComposite()) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      object.forEach(
          (key, item) -> values.put((String) key, of(item, type.getFields().get((String) key))));
      return values;
    }
    return variable instanceof String text ? temporal(text, type) : variable;
  }

  private static Object temporal(String text, DMNType type) {
    DMNType root = type;
    while (root.getBaseType() != null) {
      root = root.getBaseType();
    }
    Function<String, FEELFnResult<?>> parse =
        TEMPORAL.get(
            ((BaseDMNTypeImpl) root).getFeelType() instanceof BuiltInType known
                ? known
                : BuiltInType.UNKNOWN);
    Object parsed = parse == null ? null : parse.apply(text).getOrElse(null);
    return parsed == null ? text : parsed;
  }

  /**
   * A value as a variable.
   *
   * @throws IllegalStateException if no variable can hold it
   */
  static @Nullable Object toVariable(@Nullable Object value) {
    try {
      return Json.variable(new FeelValue().unpack(value, Json.MAX_DEPTH));
    } catch (JsonException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private @Nullable Object unpack(@Nullable Object value, int depth) {
    if (depth < 0 || ++values > MAX_VALUES) {
      throw new IllegalStateException(
          "its result nests deeper than %d or has more than %d values"
              .formatted(Json.MAX_DEPTH, MAX_VALUES));
    }
    if (value == null
        || value instanceof Boolean
        || value instanceof Number
        || value instanceof String) {
      return value;
    } else if (value instanceof Collection<?> items) {
      List<@Nullable Object> list = new ArrayList<>(items.size());
      items.forEach(item -> list.add(unpack(item, depth - 1)));
      return list;
    } else if (value instanceof Map<?, ?> context) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      context.forEach((key, item) -> object.put(String.valueOf(key), unpack(item, depth - 1)));
      return object;
    }
    return text(value);
  }

  /** ISO 8601 knows offsets, but no names of zones: these are left out. */
  private static String text(Object value) {
    if (value instanceof LocalDate || value instanceof Duration) {
      return value.toString();
    } else if (value instanceof LocalTime time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    } else if (value instanceof LocalDateTime dateTime) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(dateTime);
    } else if (value instanceof ZonedDateTime || value instanceof OffsetDateTime) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format((TemporalAccessor) value);
    } else if (value instanceof OffsetTime time) {
      return DateTimeFormatter.ISO_OFFSET_TIME.format(time);
    } else if (value instanceof ChronoPeriod period) {
      long months = period.get(ChronoUnit.YEARS) * 12 + period.get(ChronoUnit.MONTHS);
      return months(months);
    } else if (value instanceof TemporalAccessor time
        && time.query(TemporalQueries.localTime()) != null) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }
    throw new IllegalStateException(
        "its result is %s, which no variable can hold".formatted(value));
  }

  private static String months(long months) {
    String years = months / 12 == 0 ? "" : months / 12 + "Y";
    String rest = months % 12 == 0 && !years.isEmpty() ? "" : months % 12 + "M";
    return "P" + years + rest;
  }
}
