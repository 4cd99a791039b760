package org.millrace.api.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ended instances, to be kept elsewhere. */
public interface Archive {

  /** An ended instance, as its JSON resource has it, on one line. */
  record Line(String id, String json) {}

  /**
   * The next ended instances in the order of their ids, at most 100. Role: operator.
   *
   * @param process null for all
   * @param after the id of the last one had; null to begin
   * @return empty if there are no more
   */
  List<Line> next(@Nullable String process, @Nullable String after);
}
