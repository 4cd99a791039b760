package org.millrace.kernel.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every element has: its name and its place in the graph.
 *
 * @param type the BPMN element's name, e.g. {@code serviceTask}
 * @param parent the id of the sub-process or process that it lies in
 * @param incoming the ids of the flows that end here
 * @param outgoing the flows that leave here, in the document's order
 * @param defaultFlow the id of the flow that is taken when no other is
 * @param loop for an activity that is done more than once, how; else null
 * @param besides what other engines would do there besides
 */
public record Node(
    String id,
    @Nullable String name,
    String type,
    String parent,
    List<String> incoming,
    List<Flow> outgoing,
    @Nullable String defaultFlow,
    @Nullable Loop loop,
    Besides besides) {

  public String label() {
    return name == null || name.isBlank() ? id : name;
  }
}
