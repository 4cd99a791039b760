package org.millrace.persistence.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as arrays: the components in their order, without those at the end that are null, zero,
 * false or empty.
 *
 * <p>So names are free to change, and a new component goes to the end, where it is not yet in what
 * was written before and reads as null, zero, false or empty. Any other change of a record needs a
 * new version of the format; a test holds the format as it is.
 */
final class Records {

  private record Shape(List<Method> accessors, List<Type> types, Constructor<?> constructor) {}

  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          List<RecordComponent> components = List.of(type.getRecordComponents());
          Class<?>[] types =
              components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
          try {
            return new Shape(
                components.stream().map(RecordComponent::getAccessor).toList(),
                components.stream().map(RecordComponent::getGenericType).toList(),
                type.getDeclaredConstructor(types));
          } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has its canonical constructor", e);
          }
        }
      };

  private Records() {}

  static List<@Nullable Object> write(Record value) {
    List<Method> accessors = SHAPES.get(value.getClass()).accessors();
    List<@Nullable Object> values = new ArrayList<>(accessors.size() + 1);
    int length = 0;
    for (Method accessor : accessors) {
      Object component = get(accessor, value);
      values.add(written(component));
      length = leftOut(component) ? length : values.size();
    }
    values.subList(length, values.size()).clear();
    return values;
  }

  static <R> R read(Class<R> type, List<?> values) {
    Shape shape = SHAPES.get(type);
    Object[] components = new Object[shape.types().size()];
    for (int i = 0; i < components.length; i++) {
      components[i] = read(shape.types().get(i), i < values.size() ? values.get(i) : null);
    }
    try {
      return type.cast(shape.constructor().newInstance(components));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read a " + type.getSimpleName(), e);
    }
  }

  private static @Nullable Object get(Method accessor, Record value) {
    try {
      return accessor.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot write a " + value.getClass().getSimpleName(), e);
    }
  }

  /** Whether reading nothing gives the same. */
  static boolean leftOut(@Nullable Object value) {
    return value == null
        || value.equals(0)
        || value.equals(false)
        || (value instanceof Collection<?> items && items.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  private static @Nullable Object written(@Nullable Object value) {
    if (value instanceof Record record) {
      return write(record);
    } else if (value instanceof List<?> items) {
      return items.stream().map(Records::written).toList();
    } else if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    } else if (value instanceof Instant instant) {
      return instant.toString();
    }
    return value;
  }

  private static @Nullable Object read(Type type, @Nullable Object value) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      Type item = generic.getActualTypeArguments()[0];
      return value == null
          ? List.of()
          : ((List<?>) value).stream().map(each -> read(item, each)).toList();
    } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
      return value == null ? Map.of() : value;
    }
    return plain((Class<?>) type, value);
  }

  private static @Nullable Object plain(Class<?> type, @Nullable Object value) {
    if (type == int.class || type == Integer.class) {
      return value == null ? 0 : ((Number) value).intValue();
    } else if (type == boolean.class) {
      return value != null && (Boolean) value;
    } else if (value == null || type == String.class || type == Object.class) {
      return value;
    } else if (type == Instant.class) {
      return Instant.parse((String) value);
    } else if (type.isEnum()) {
      return constant(type, ((String) value).toUpperCase(Locale.ROOT));
    } else if (type.isRecord()) {
      return read(type, (List<?>) value);
    }
    throw new IllegalStateException("no stored form of " + type);
  }

  private static Object constant(Class<?> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(type.getSimpleName() + " has no " + name));
  }
}
