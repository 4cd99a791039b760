package org.millrace.web.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.InstanceQuery;
import org.millrace.api.operation.Refusal;

/** Reads the search for instances; an empty parameter is one that is not there. */
final class InstanceSearch {

  private static final int DEFAULT_SIZE = 50;
  private static final List<String> STATES =
      List.of("running", "suspended", "completed", "failed", "terminated", "cancelled");

  private InstanceSearch() {}

  /**
   * Checks and converts.
   *
   * @throws Refusal INVALID with the parameter's name and what it may be
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
        state(given(state)),
        given(activity),
        variable(given(variable)),
        number("from", given(from), 0, 0, Integer.MAX_VALUE),
        number("size", given(size), DEFAULT_SIZE, 1, InstanceQuery.MAX_SIZE));
  }

  static @Nullable String given(@Nullable String parameter) {
    return parameter == null || parameter.isEmpty() ? null : parameter;
  }

  private static @Nullable String state(@Nullable String state) {
    if (state != null && !STATES.contains(state)) {
      throw Require.invalid("state: must be one of " + String.join(", ", STATES));
    }
    return state;
  }

  private static @Nullable String variable(@Nullable String variable) {
    if (variable != null && variable.indexOf(':') < 1) {
      throw Require.invalid("variable: must be name:value");
    }
    return variable;
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
