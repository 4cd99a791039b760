package org.millrace.web.resource;

import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Page;
import org.millrace.api.operation.Refusal;

/** Which part of a list is asked for. */
record Part(int from, int size) {

  /**
   * Reads the parameters; an empty one is one that is not there.
   *
   * @throws Refusal INVALID if one is no number, too small or too large
   */
  static Part of(@Nullable String from, @Nullable String size, int defaultSize) {
    return new Part(
        number("from", InstanceSearch.given(from), 0, 0, Integer.MAX_VALUE),
        number("size", InstanceSearch.given(size), defaultSize, 1, Page.MAX_SIZE));
  }

  private static int number(
      String parameter, @Nullable String text, int otherwise, int min, int max) {
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, like any other number that will not do.
    }
    throw Require.invalid("%s: must be an integer from %d to %d".formatted(parameter, min, max));
  }
}
