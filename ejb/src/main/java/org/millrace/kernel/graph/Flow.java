package org.millrace.kernel.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence flow.
 *
 * @param condition null where it is taken always
 * @param listeners what other engines do besides when a token takes it
 */
public record Flow(
    String id,
    String source,
    String target,
    @Nullable Expression condition,
    List<Listener> listeners) {

  public Flow(String id, String source, String target, @Nullable Expression condition) {
    this(id, source, target, condition, List.of());
  }
}
