package org.millrace.kernel.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What other engines let a model say besides BPMN about what happens when a token comes to an
 * element and leaves it.
 *
 * @param skip where it holds, and the process says that such may hold, an activity is not done;
 *     null for never
 * @param start variables that are set when a token comes
 * @param end variables that are set when it leaves, or the activity completes
 */
public record Besides(@Nullable Expression skip, List<Mapping> start, List<Mapping> end) {

  public static final Besides NOTHING = new Besides(null, List.of(), List.of());
}
