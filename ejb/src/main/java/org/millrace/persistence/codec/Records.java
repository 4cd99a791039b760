package org.millrace.persistence.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

  private static final MethodType ACCESSOR = MethodType.methodType(Object.class, Object.class);
  private static final MethodType CONSTRUCTOR = MethodType.methodType(Object.class, Object[].class);

  private record Component(MethodHandle accessor, Form form) {}

  private record Shape(List<Component> components, MethodHandle constructor) {}

  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          try {
            return shape(type);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record has accessors and a constructor", e);
          }
        }
      };

  private Records() {}

  private static Shape shape(Class<?> type) throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    List<Component> components = new ArrayList<>();
    MethodType types = MethodType.methodType(void.class);
    for (RecordComponent component : type.getRecordComponents()) {
      components.add(
          new Component(
              lookup.unreflect(component.getAccessor()).asType(ACCESSOR),
              Form.of(component.getGenericType())));
      types = types.appendParameterTypes(component.getType());
    }
    MethodHandle constructor =
        lookup
            .findConstructor(type, types)
            .asSpreader(Object[].class, components.size())
            .asType(CONSTRUCTOR);
    return new Shape(List.copyOf(components), constructor);
  }

  static List<@Nullable Object> write(Record value) {
    List<Component> components = SHAPES.get(value.getClass()).components();
    List<@Nullable Object> values = new ArrayList<>(components.size() + 1);
    int length = 0;
    for (int i = 0; i < components.size(); i++) {
      Object component = get(components.get(i).accessor(), value);
      values.add(component == null ? null : components.get(i).form().write(component));
      length = leftOut(component) ? length : i + 1;
    }
    values.subList(length, values.size()).clear();
    return values;
  }

  static <R> R read(Class<R> type, List<?> values) {
    Shape shape = SHAPES.get(type);
    @Nullable Object[] components = new Object[shape.components().size()];
    for (int i = 0; i < components.length; i++) {
      Object stored = i < values.size() ? values.get(i) : null;
      components[i] = shape.components().get(i).form().read(stored);
    }
    try {
      return type.cast((Object) shape.constructor().invokeExact(components));
    } catch (Throwable e) { // Whatever the record has against its components.
      throw new IllegalStateException("cannot read a " + type.getSimpleName(), e);
    }
  }

  private static @Nullable Object get(MethodHandle accessor, Record value) {
    try {
      return (Object) accessor.invokeExact((Object) value);
    } catch (Throwable e) { // Not one of ours throws anything.
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
}
