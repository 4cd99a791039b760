package org.millrace.api;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a piece of work. Returning one commits the author's own database work together
 * with it; to undo that work and try again later, throw an exception instead.
 */
public sealed interface StageResult extends Serializable {

  /**
   * Variables that are merged into the instance: JSON-like values, see {@link
   * StageContext#variables()}.
   */
  Map<String, Object> variables();

  /**
   * The work is done; the instance goes on behind the activity. BPMN 2.0 section 13.3.2,
   * "Completing".
   */
  record Done(Map<String, Object> variables) implements StageResult {
    public Done {
      variables = copy(variables);
    }
  }

  /**
   * A business error, caught by the nearest error boundary event or error event sub-process; an
   * uncaught one ends the instance as {@code failed}. BPMN 2.0 section 10.5.1.
   */
  record BusinessError(String code, @Nullable String message, Map<String, Object> variables)
      implements StageResult {
    public BusinessError {
      requireNonNull(code, "an error needs a code");
      variables = copy(variables);
    }
  }

  /** Done, with nothing to tell. */
  static StageResult done() {
    return new Done(Map.of());
  }

  /** Done, with these variables to merge. */
  static StageResult done(Map<String, ?> variables) {
    return new Done(copy(variables));
  }

  /** A business error. */
  static StageResult error(String code) {
    return new BusinessError(code, null, Map.of());
  }

  /**
   * A business error.
   *
   * @param message says more, for people
   */
  static StageResult error(String code, String message) {
    return new BusinessError(code, message, Map.of());
  }

  /** The same result with one variable more. */
  default StageResult with(String name, @Nullable Object value) {
    Map<String, Object> more = new LinkedHashMap<>(variables());
    more.put(name, value);
    if (this instanceof BusinessError error) {
      return new BusinessError(error.code(), error.message(), more);
    }
    return new Done(more);
  }

  private static Map<String, Object> copy(Map<String, ?> variables) {
    return Collections.unmodifiableMap(new LinkedHashMap<String, Object>(variables));
  }
}
