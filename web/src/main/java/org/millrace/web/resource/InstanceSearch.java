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
    Part part = Part.of(from, size, DEFAULT_SIZE);
    return new InstanceQuery(
        given(process),
        given(businessKey),
        given(state),
        given(activity),
        given(variable),
        part.from(),
        part.size());
  }

  static @Nullable String given(@Nullable String parameter) {
    return parameter == null || parameter.isEmpty() ? null : parameter;
  }
}
