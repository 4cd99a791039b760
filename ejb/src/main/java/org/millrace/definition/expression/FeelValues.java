package org.millrace.definition.expression;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValBoolean;
import org.camunda.feel.syntaxtree.ValContext;
import org.camunda.feel.syntaxtree.ValDate;
import org.camunda.feel.syntaxtree.ValDateTime;
import org.camunda.feel.syntaxtree.ValDayTimeDuration;
import org.camunda.feel.syntaxtree.ValError;
import org.camunda.feel.syntaxtree.ValFatalError;
import org.camunda.feel.syntaxtree.ValList;
import org.camunda.feel.syntaxtree.ValLocalDateTime;
import org.camunda.feel.syntaxtree.ValLocalTime;
import org.camunda.feel.syntaxtree.ValNull$;
import org.camunda.feel.syntaxtree.ValNumber;
import org.camunda.feel.syntaxtree.ValString;
import org.camunda.feel.syntaxtree.ValTime;
import org.camunda.feel.syntaxtree.ValYearMonthDuration;
import org.camunda.feel.valuemapper.ValueMapper;
import org.jspecify.annotations.Nullable;
import org.millrace.json.Json;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/** FEEL's values as JSON-like ones; nothing of Scala gets out. */
final class FeelValues {

  private FeelValues() {}

  static @Nullable Object toJava(Val value, ValueMapper mapper) {
    return Json.variable(unpack(value, mapper, Json.MAX_DEPTH));
  }

  private static @Nullable Object unpack(Val value, ValueMapper mapper, int depth) {
    if (depth < 0) {
      throw new IllegalStateException("its value nests deeper than " + Json.MAX_DEPTH);
    }
    if (value == ValNull$.MODULE$) {
      return null;
    } else if (value instanceof ValBoolean bool) {
      return bool.value();
    } else if (value instanceof ValNumber number) {
      return number.value().bigDecimal();
    } else if (value instanceof ValString string) {
      return string.value();
    } else if (value instanceof ValList list) {
      List<@Nullable Object> items = new ArrayList<>();
      for (Iterator<Val> i = list.itemsAsSeq().iterator(); i.hasNext(); ) {
        items.add(unpack(i.next(), mapper, depth - 1));
      }
      return items;
    } else if (value instanceof ValContext context) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      CollectionConverters.asJava(context.context().variableProvider().getVariables())
          .forEach((key, item) -> entries.put(key, unpack(mapper.toVal(item), mapper, depth - 1)));
      return entries;
    } else if (value instanceof ValError error) {
      throw new IllegalStateException(error.error());
    } else if (value instanceof ValFatalError error) {
      throw new IllegalStateException(error.error());
    }
    return temporal(value);
  }

  /** ISO 8601 knows offsets, but no names of zones: these are left out. */
  private static String temporal(Val value) {
    if (value instanceof ValDate date) {
      return date.value().toString();
    } else if (value instanceof ValLocalTime time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time.value());
    } else if (value instanceof ValTime time) {
      return DateTimeFormatter.ISO_OFFSET_TIME.format(time.value().toOffsetTime());
    } else if (value instanceof ValLocalDateTime dateTime) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(dateTime.value());
    } else if (value instanceof ValDateTime dateTime) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(dateTime.value());
    } else if (value instanceof ValYearMonthDuration duration) {
      return duration.value().toString();
    } else if (value instanceof ValDayTimeDuration duration) {
      return duration.value().toString();
    }
    throw new IllegalStateException("its value is " + value + ", which no variable can hold");
  }
}
