package org.millrace.definition.expression;

import jakarta.el.CompositeELResolver;
import jakarta.el.ELContext;
import jakarta.el.ELResolver;
import jakarta.el.FunctionMapper;
import jakarta.el.ImportHandler;
import jakarta.el.ListELResolver;
import jakarta.el.MapELResolver;
import jakarta.el.MethodNotFoundException;
import jakarta.el.PropertyNotFoundException;
import jakarta.el.PropertyNotWritableException;
import jakarta.el.VariableMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an expression can reach: the variables, and in them the entries of maps and the items of
 * lists, to read, and the few methods and functions that {@link ElMethods} and {@link ElFunctions}
 * write out. No beans, no classes, no imports: an expression comes with a document, and a document
 * is no program.
 */
final class VariablesContext extends ELContext {

  private final CompositeELResolver resolver = new CompositeELResolver();

  VariablesContext(Map<String, Object> variables) {
    resolver.add(new VariablesResolver(variables));
    resolver.add(new MapELResolver(true));
    resolver.add(new ListELResolver(true));
    resolver.add(new Methods());
  }

  @Override
  public ELResolver getELResolver() {
    return resolver;
  }

  @Override
  public FunctionMapper getFunctionMapper() {
    return ElFunctions.MAPPER;
  }

  @Override
  public @Nullable VariableMapper getVariableMapper() {
    return null;
  }

  /** By default {@code java.lang} would be imported, and {@code Runtime} with it. */
  @Override
  public ImportHandler getImportHandler() {
    return NO_IMPORTS;
  }

  private static final ImportHandler NO_IMPORTS =
      new ImportHandler() {
        @Override
        public @Nullable Class<?> resolveClass(String name) {
          return null;
        }

        @Override
        public @Nullable Class<?> resolveStatic(String name) {
          return null;
        }
      };

  /** The names at the beginning of a path. */
  private static final class VariablesResolver extends ReadOnlyResolver {

    private final Map<String, Object> variables;

    VariablesResolver(Map<String, Object> variables) {
      this.variables = variables;
    }

    @Override
    public @Nullable Object getValue(
        ELContext context, @Nullable Object base, @Nullable Object property) {
      if (base != null || !(property instanceof String name)) {
        return null;
      }
      if (ElFunctions.NAMES.contains(name) && !variables.containsKey(name)) {
        return null; // Asked for a function's name, EL looks for a variable first.
      }
      context.setPropertyResolved(true);
      if (name.equals("execution") && !variables.containsKey(name)) {
        return new ElMethods.Execution(variables);
      }
      if (!variables.containsKey(name)) {
        throw new PropertyNotFoundException("there is no variable '" + name + "'");
      }
      return variables.get(name);
    }
  }

  /** In place of EL's own, which would call anything on anything. */
  private static final class Methods extends ReadOnlyResolver {

    @Override
    public @Nullable Object getValue(
        ELContext context, @Nullable Object base, @Nullable Object property) {
      return null;
    }

    @Override
    public @Nullable Object invoke(
        ELContext context,
        @Nullable Object base,
        @Nullable Object method,
        Class<?> @Nullable [] types,
        @Nullable Object @Nullable [] parameters) {
      if (base == null) {
        throw new MethodNotFoundException("nothing is there to call " + method + " on");
      }
      context.setPropertyResolved(true);
      return ElMethods.call(
          base, String.valueOf(method), parameters == null ? new Object[0] : parameters);
    }
  }

  private abstract static class ReadOnlyResolver extends ELResolver {

    @Override
    public @Nullable Class<?> getType(
        ELContext context, @Nullable Object base, @Nullable Object property) {
      return null;
    }

    @Override
    public void setValue(
        ELContext context, @Nullable Object base, @Nullable Object property, Object value) {
      throw new PropertyNotWritableException("an expression sets nothing");
    }

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
      return true;
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
      return Object.class;
    }
  }
}
