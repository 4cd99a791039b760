package org.millrace.persistence.codec;

import static java.util.stream.Collectors.toMap;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a type are stored. It is made once for each type, so that nothing has to be
 * looked up for each message.
 */
interface Form {

  /** What JSON has for it. */
  Object write(Object value);

  /** The value of what was written; of null, what was left out. */
  @Nullable Object read(@Nullable Object stored);

  /**
   * The form of a record's component.
   *
   * @throws IllegalStateException if there is none
   */
  static Form of(Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      return new Items(of(generic.getActualTypeArguments()[0]));
    } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
      return new Plain(Map.of());
    } else if (type == int.class || type == Integer.class) {
      return new Whole();
    } else if (type == boolean.class) {
      return new Plain(false);
    } else if (type == String.class || type == Object.class) {
      return new Plain(null);
    } else if (type == Instant.class) {
      return new Text<>(Instant.class, Instant::toString, Times::read);
    } else if (type instanceof Class<?> some && some.isEnum()) {
      return constants(some);
    } else if (type instanceof Class<?> some && some.isRecord()) {
      return new Nested(some);
    }
    throw new IllegalStateException("no stored form of " + type);
  }

  private static Form constants(Class<?> type) {
    Map<String, Enum<?>> constants =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> (Enum<?>) constant)
            .collect(toMap(constant -> constant.name().toLowerCase(Locale.ROOT), c -> c));
    Map<Object, String> names =
        constants.entrySet().stream().collect(toMap(Map.Entry::getValue, Map.Entry::getKey));
    return new Text<>(
        Object.class,
        names::get,
        name -> {
          Enum<?> constant = constants.get(name);
          if (constant == null) {
            throw new IllegalStateException(type.getSimpleName() + " has no " + name);
          }
          return constant;
        });
  }

  /** As it is. */
  record Plain(@Nullable Object absent) implements Form {

    @Override
    public Object write(Object value) {
      return value;
    }

    @Override
    public @Nullable Object read(@Nullable Object stored) {
      return stored == null ? absent : stored;
    }
  }

  /** JSON's whole numbers are read as {@code Long}. */
  record Whole() implements Form {

    @Override
    public Object write(Object value) {
      return value;
    }

    @Override
    public Object read(@Nullable Object stored) {
      return stored == null ? 0 : ((Number) stored).intValue();
    }
  }

  /** A text of it. */
  record Text<T>(Class<T> type, Function<T, String> write, Function<String, ?> read)
      implements Form {

    @Override
    public Object write(Object value) {
      return write.apply(type.cast(value));
    }

    @Override
    public @Nullable Object read(@Nullable Object stored) {
      return stored == null ? null : read.apply((String) stored);
    }
  }

  /** An array of its items. */
  record Items(Form item) implements Form {

    @Override
    public Object write(Object value) {
      List<?> items = (List<?>) value;
      List<@Nullable Object> written = new ArrayList<>(items.size());
      for (Object each : items) {
        written.add(each == null ? null : item.write(each));
      }
      return written;
    }

    @Override
    public Object read(@Nullable Object stored) {
      if (stored == null) {
        return List.of();
      }
      List<?> items = (List<?>) stored;
      List<@Nullable Object> read = new ArrayList<>(items.size());
      for (Object each : items) {
        read.add(item.read(each));
      }
      return Collections.unmodifiableList(read);
    }
  }

  /** An array of its components. */
  record Nested(Class<?> type) implements Form {

    @Override
    public Object write(Object value) {
      return Records.write((Record) value);
    }

    @Override
    public @Nullable Object read(@Nullable Object stored) {
      return stored == null ? null : Records.read(type, (List<?>) stored);
    }
  }
}
