package org.millrace.kernel.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.CatchEvent;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventBasedGateway;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.ReceiveTask;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.SubProcess;

/** Where processes and sub-processes begin. BPMN 2.0 sections 10.5.2 and 13.2. */
public record Entries(ProcessGraph graph) {

  /**
   * Where one begins of itself: at its none start event; where it has no start event at all, at
   * each element that no flow leads to.
   */
  public List<Element> plain(String container) {
    List<Element> here = graph.within(container);
    List<Element> starts = here.stream().filter(StartEvent.class::isInstance).toList();
    if (starts.isEmpty()) {
      return withoutFlow(container);
    }
    return starts.stream()
        .filter(start -> definition(start) instanceof EventDefinition.None)
        .limit(1)
        .toList();
  }

  /** The elements that no flow leads to, and no event begins. */
  public List<Element> withoutFlow(String container) {
    return graph.within(container).stream().filter(this::isImplicit).toList();
  }

  private boolean isImplicit(Element element) {
    boolean isEvents =
        element instanceof BoundaryEvent
            || (element instanceof SubProcess subProcess && subProcess.triggeredByEvent())
            || (element instanceof ReceiveTask task && task.instantiate())
            || (element instanceof EventBasedGateway gateway && gateway.instantiate());
    boolean isHandler = element instanceof Activity && graph.isCompensationHandler(element.id());
    return element.node().incoming().isEmpty() && !isEvents && !isHandler;
  }

  /**
   * The messages that start the process, each with the element that it comes to: a start event, a
   * receive task, an event behind a gateway.
   */
  public Map<String, String> byMessage() {
    Map<String, String> byMessage = new LinkedHashMap<>();
    for (Element element : graph.within(graph.id())) {
      if (isByEvent(element) && definition(element) instanceof EventDefinition.Message message) {
        byMessage.put(message.name(), element.id());
      }
    }
    return byMessage;
  }

  /** Whether an event that this element waits for can begin the process. */
  public boolean isByEvent(Element element) {
    return (element instanceof StartEvent && element.node().parent().equals(graph.id()))
        || (element instanceof ReceiveTask task && task.instantiate())
        || flowFromGateway(element) != null;
  }

  /** The flow from a gateway that begins the process, if such a one leads to the element. */
  public @Nullable Flow flowFromGateway(Element element) {
    return element.node().incoming().stream()
        .map(graph::flow)
        .filter(
            flow ->
                graph.element(flow.source()) instanceof EventBasedGateway gateway
                    && gateway.instantiate())
        .findFirst()
        .orElse(null);
  }

  private static @Nullable EventDefinition definition(Element element) {
    if (element instanceof StartEvent start) {
      return start.definition();
    } else if (element instanceof CatchEvent event) {
      return event.definition();
    }
    return element instanceof ReceiveTask task ? task.definition() : null;
  }
}
