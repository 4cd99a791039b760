package org.millrace.web.page;

import jakarta.el.ELContext;
import jakarta.el.ELException;
import jakarta.el.ELResolver;
import jakarta.el.PropertyNotWritableException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Reads components of records in expressions: {@code #{instance.state}}. Jakarta EE 11 brings one
 * of its own; this goes then.
 */
public class RecordResolver extends ELResolver {

  @Override
  public @Nullable Object getValue(
      ELContext context, @Nullable Object base, @Nullable Object property) {
    RecordComponent component = component(base, property);
    if (component == null) {
      return null;
    }
    context.setPropertyResolved(base, property);
    try {
      return component.getAccessor().invoke(base);
    } catch (ReflectiveOperationException e) {
      throw new ELException(e);
    }
  }

  @Override
  public @Nullable Class<?> getType(
      ELContext context, @Nullable Object base, @Nullable Object property) {
    RecordComponent component = component(base, property);
    if (component == null) {
      return null;
    }
    context.setPropertyResolved(base, property);
    return component.getType();
  }

  @Override
  public void setValue(
      ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
    if (component(base, property) != null) {
      throw new PropertyNotWritableException(base + " is a record");
    }
  }

  @Override
  public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
    boolean known = component(base, property) != null;
    context.setPropertyResolved(known || context.isPropertyResolved());
    return known;
  }

  @Override
  public @Nullable Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
    return base instanceof Record ? String.class : null;
  }

  private static @Nullable RecordComponent component(
      @Nullable Object base, @Nullable Object property) {
    if (base instanceof Record) {
      for (RecordComponent component : base.getClass().getRecordComponents()) {
        if (component.getName().equals(property)) {
          return component;
        }
      }
    }
    return null;
  }
}
