package org.millrace.kernel.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.Element;

/**
 * The elements from which paths lead to a gateway without passing it before: found in one walk
 * backwards, each element and flow looked at once.
 */
public final class Paths {

  /** What a path is made of. */
  public enum Over {
    /** Sequence flows. */
    FLOWS,
    /** Sequence flows, and from an activity the events on its border. */
    ALL
  }

  private final ProcessGraph graph;
  private final Element gateway;
  private final Predicate<String> last;
  private final Over over;
  private final Set<String> starts = new HashSet<>();

  private Paths(ProcessGraph graph, Element gateway, Predicate<String> last, Over over) {
    this.graph = graph;
    this.gateway = gateway;
    this.last = last;
    this.over = over;
  }

  /**
   * Finds the paths.
   *
   * @param last says of each flow into the gateway, by its id, whether paths may end with it
   */
  public static Paths to(ProcessGraph graph, Element gateway, Predicate<String> last, Over over) {
    Paths paths = new Paths(graph, gateway, last, over);
    paths.walk();
    return paths;
  }

  private void walk() {
    Deque<String> open = new ArrayDeque<>();
    for (String flow : gateway.node().incoming()) {
      if (last.test(flow)) {
        reach(graph.flow(flow).source(), open);
      }
    }
    while (!open.isEmpty()) {
      Element element = graph.element(open.remove());
      element.node().incoming().forEach(flow -> reach(graph.flow(flow).source(), open));
      if (over == Over.ALL && element instanceof BoundaryEvent boundary) {
        reach(boundary.attachedTo(), open);
      }
    }
  }

  private void reach(String element, Deque<String> open) {
    if (!element.equals(gateway.id()) && starts.add(element)) {
      open.add(element);
    }
  }

  /** Whether one begins with a flow out of this element, which may be the gateway itself. */
  public boolean leadFrom(Node element) {
    return element.outgoing().stream()
        .anyMatch(
            flow ->
                flow.target().equals(gateway.id())
                    ? last.test(flow.id())
                    : starts.contains(flow.target()));
  }
}
