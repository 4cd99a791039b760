package org.millrace.persistence.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes records of which no component is null, zero or empty, and no two numbers are the same. */
final class Full {

  private int next = 1;

  <R> R record(Class<R> type) {
    return record(type, 2);
  }

  private <R> R record(Class<R> type, int depth) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(components[i].getGenericType(), depth);
    }
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object value(Type type, int depth) {
    int number = next++;
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      Type item = list.getActualTypeArguments()[0];
      return item instanceof Class<?> itemType && itemType.isRecord() && depth == 0
          ? List.of()
          : List.of(value(item, depth), value(item, depth));
    } else if (type instanceof ParameterizedType) {
      return variables(number);
    } else if (type == int.class || type == Integer.class) {
      return number;
    } else if (type == boolean.class) {
      return true;
    } else if (type == String.class || type == Object.class) {
      return "text \"%d\" é\n".formatted(number);
    } else if (type == Instant.class) {
      return Instant.parse("2026-03-01T10:00:00.123456Z").plusNanos(number * 1_000L);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      Object[] constants = plain.getEnumConstants();
      return constants[constants.length - 1];
    }
    return record(plain, depth - 1);
  }

  private static Map<String, Object> variables(int number) {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("none", null);
    inner.put("flag", false);
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("long", (long) number);
    variables.put("decimal", new BigDecimal(number + ".10"));
    variables.put("list", new ArrayList<>(List.of("a", List.of())));
    variables.put("object", inner);
    return variables;
  }
}
