package org.millrace.kernel.graph;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How variables come into an activity or an event and out of it.
 *
 * @param inputs become variables of the element's own when it begins
 * @param outputs are evaluated inside it when it completes, and set around it; where there is none,
 *     all that it gave back is
 * @param selective whether, where there are outputs, nothing else gets out of it; otherwise what it
 *     gave back is set as if there were none, and they are set besides
 * @param item what the outputs call the one thing that an event brings, whatever the event calls
 *     it; null where it goes by its name
 */
public record Mappings(
    List<Mapping> inputs, List<Mapping> outputs, boolean selective, @Nullable String item) {

  public static final Mappings NONE = new Mappings(List.of(), List.of());

  public Mappings(List<Mapping> inputs, List<Mapping> outputs) {
    this(inputs, outputs, true, null);
  }

  public boolean isEmpty() {
    return inputs.isEmpty() && outputs.isEmpty();
  }

  /** Whether nothing gets out but by an output. */
  public boolean keepsIn() {
    return selective && !outputs.isEmpty();
  }

  /** What came, by the names that the outputs know it by. */
  public Map<String, Object> named(Map<String, Object> given) {
    return item == null || given.size() != 1
        ? given
        : Map.of(item, given.values().iterator().next());
  }
}
