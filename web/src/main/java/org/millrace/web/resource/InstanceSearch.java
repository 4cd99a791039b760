package org.millrace.web.resource;

import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.InstanceQuery;
import org.millrace.api.operation.Refusal;

/** Reads the search for instances; an empty parameter is one that is not there. */
final class InstanceSearch {

  private static final int DEFAULT_SIZE = 50;

  private InstanceSearch() {}

  /**
   * Converts; whether anything can be found so, the service checks.
   *
   * @throws Refusal INVALID if a number is none, too small or too large
   */
  static InstanceQuery of(
      @Nullable String process,
      @Nullable String businessKey,
      @Nullable String state,
      @Nullable String activity,
      @Nullable String variable,
      @Nullable String from,
      @Nullable String size) {
    return new InstanceQuery(
        given(process),
        given(businessKey),
        given(state),
        given(activity),
        given(variable),
        number("from", given(from), 0, 0, Integer.MAX_VALUE),
        number("size", given(size), DEFAULT_SIZE, 1, InstanceQuery.MAX_SIZE));
  }

  static @Nullable String given(@Nullable String parameter) {
    return parameter == null || parameter.isEmpty() ? null : parameter;
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
