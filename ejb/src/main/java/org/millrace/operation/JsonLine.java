package org.millrace.operation;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.InstanceView;
import org.millrace.json.Json;

/** An instance on one line of JSON, with the members that the JSON resource has. */
final class JsonLine {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private JsonLine() {}

  static String of(InstanceView instance) {
    return Json.write(value(instance));
  }

  private static @Nullable Object value(@Nullable Object value) {
    if (value instanceof Record members) {
      return object(members);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(JsonLine::value).toList();
    }
    return value instanceof Instant time ? TIME.format(time) : value;
  }

  private static Map<String, @Nullable Object> object(Record members) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (RecordComponent component : members.getClass().getRecordComponents()) {
      try {
        object.put(component.getName(), value(component.getAccessor().invoke(members)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a view is public", e);
      }
    }
    return object;
  }
}
