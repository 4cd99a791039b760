package org.millrace.web.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose members are an instance's variables. Its values are null, Boolean, Long,
 * BigDecimal (also for integers too large for Long), String, List and Map, in any nesting up to
 * {@link #MAX_DEPTH}.
 */
public record Variables(Map<String, Object> values) {

  /** How deep it may nest, itself counted. */
  public static final int MAX_DEPTH = 64;

  /** The variables, or none where none were given. */
  public static Map<String, Object> orNone(@Nullable Variables variables) {
    return variables == null ? new LinkedHashMap<>() : variables.values;
  }
}
