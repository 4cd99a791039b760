package org.millrace.kernel.graph;

import java.util.List;

/**
 * How variables come into an activity and out of it.
 *
 * @param inputs become variables of the activity's own when it begins
 * @param outputs are evaluated inside it when it completes, and set around it; where there is none,
 *     all that it gave back is
 * @param selective whether, where there are outputs, nothing else gets out of it; otherwise what it
 *     gave back is set as if there were none, and they are set besides
 */
public record Mappings(List<Mapping> inputs, List<Mapping> outputs, boolean selective) {

  public static final Mappings NONE = new Mappings(List.of(), List.of());

  public Mappings(List<Mapping> inputs, List<Mapping> outputs) {
    this(inputs, outputs, true);
  }
}
