package org.millrace.kernel.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What other engines let a model say besides BPMN about an element, or about the process.
 *
 * @param skip where it holds, and the process says that such may hold, an activity is not done;
 *     null for never
 * @param begins when a token comes
 * @param ends when it leaves, or the activity completes
 * @param assigned when a user task gets an assignee
 * @param cancelled when it is cancelled
 */
public record Besides(
    @Nullable Expression skip,
    List<Listener> begins,
    List<Listener> ends,
    List<Listener> assigned,
    List<Listener.Told> cancelled) {

  public static final Besides NOTHING =
      new Besides(null, List.of(), List.of(), List.of(), List.of());
}
