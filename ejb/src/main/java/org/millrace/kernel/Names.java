package org.millrace.kernel;

import org.jspecify.annotations.Nullable;
import org.millrace.kernel.graph.Expression.EvaluationException;

/** What the names, keys and codes that travel may be: what every store and message has room for. */
final class Names {

  private static final int MAX = 255;

  private Names() {}

  /** What is wrong with a name, for people; null if nothing is. */
  static @Nullable String flaw(String what, String name) {
    if (name.length() > MAX) {
      return "%s has %d characters; at most %d are allowed".formatted(what, name.length(), MAX);
    }
    return name.indexOf('\0') < 0 ? null : what + " holds a NUL character";
  }

  /**
   * Lets the value of an expression pass as a name.
   *
   * @throws EvaluationException if something is wrong with it
   */
  static String require(String what, Object value) {
    String name = String.valueOf(value);
    String flaw = flaw(what, name);
    if (flaw != null) {
      throw new EvaluationException(flaw);
    }
    return name;
  }
}
