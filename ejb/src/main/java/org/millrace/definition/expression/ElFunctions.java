package org.millrace.definition.expression;

import jakarta.el.FunctionMapper;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The functions that an expression can call. Public, and with public methods, because Jakarta EL
 * calls them by reflection.
 */
public final class ElFunctions {

  /** The time of the evaluation that the thread is busy with. */
  private static final ThreadLocal<@Nullable Instant> NOW = new ThreadLocal<>();

  static final Set<String> NAMES = Set.of("now", "dateTime");

  static final FunctionMapper MAPPER =
      new FunctionMapper() {
        @Override
        public @Nullable Method resolveFunction(String prefix, String name) {
          return prefix.isEmpty() && NAMES.contains(name) ? TIME : null;
        }
      };

  private static final Method TIME;

  static {
    try {
      TIME = ElFunctions.class.getMethod("time");
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private ElFunctions() {}

  static @Nullable Object at(Instant now, Supplier<@Nullable Object> evaluation) {
    NOW.set(now);
    try {
      return evaluation.get();
    } finally {
      NOW.remove();
    }
  }

  /** {@code now()} and {@code dateTime()}: the time of the command that is being carried out. */
  public static OffsetDateTime time() {
    Instant now = NOW.get();
    if (now == null) {
      throw new IllegalStateException("there is no time outside of an evaluation");
    }
    return now.atOffset(ZoneOffset.UTC);
  }
}
