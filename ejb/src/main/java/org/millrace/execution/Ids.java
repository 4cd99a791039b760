package org.millrace.execution;

import org.jspecify.annotations.Nullable;

/**
 * How waits and incidents are called outside: the instance's id, a point, their number in it. So
 * the instance of a work id is known without a look-up.
 */
public record Ids(String instanceId, int number) {

  public static String of(String instanceId, int number) {
    return instanceId + "." + number;
  }

  /** Reads one; null if it cannot be an id. */
  public static @Nullable Ids parse(@Nullable String text) {
    int point = text == null ? -1 : text.lastIndexOf('.');
    if (text == null || point < 1 || text.length() - point > 10 || text.indexOf('\0') >= 0) {
      return null;
    }
    for (int i = point + 1; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return null;
      }
    }
    return point + 1 == text.length()
        ? null
        : new Ids(text.substring(0, point), Integer.parseInt(text.substring(point + 1)));
  }

  @Override
  public String toString() {
    return of(instanceId, number);
  }
}
