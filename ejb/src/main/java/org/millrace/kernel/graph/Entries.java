package org.millrace.kernel.graph;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.ConditionDefinition;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventBasedGateway;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.ReceiveTask;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.SubProcess;
import org.millrace.kernel.element.TimerDefinition;

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
        .filter(start -> start.definition() instanceof EventDefinition.None)
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
   * Where the process begins when nobody names an element: where it begins of itself; else at each
   * start event whose condition holds; else, where it has none of these, at its timer or at the one
   * start event that there is, whatever that waits for.
   */
  public List<Element> unnamed(Map<String, Object> variables, Instant now) {
    List<Element> plain = plain(graph.id());
    if (!plain.isEmpty()) {
      return plain;
    }
    List<Element> conditional = new ArrayList<>();
    List<Element> timed = new ArrayList<>();
    List<Element> others = new ArrayList<>();
    for (StartEvent start : graph.starts(graph.id())) {
      List<EventDefinition> parts = start.definition().parts();
      if (parts.stream().anyMatch(ConditionDefinition.class::isInstance)) {
        conditional.add(start);
      } else {
        (parts.stream().anyMatch(TimerDefinition.class::isInstance) ? timed : others).add(start);
      }
    }
    if (!conditional.isEmpty()) {
      return conditional.stream().filter(start -> holds(start, variables, now)).toList();
    }
    if (timed.size() == 1) {
      return timed;
    }
    return timed.isEmpty() && others.size() == 1 ? others : List.of();
  }

  private static boolean holds(Element start, Map<String, Object> variables, Instant now) {
    return start.definition().parts().stream()
        .anyMatch(
            part ->
                part instanceof ConditionDefinition condition && condition.holds(variables, now));
  }

  /**
   * Something that starts the process.
   *
   * @param element what it comes to: a start event, a receive task, an event behind a gateway
   * @param part which of the element's event definitions it is
   */
  public record Entry(Element element, int part, EventDefinition definition) {}

  /** The events that start the process, in the document's order. */
  public List<Entry> byEvent() {
    List<Entry> entries = new ArrayList<>();
    for (Element element : graph.within(graph.id())) {
      List<EventDefinition> parts = isByEvent(element) ? element.definition().parts() : List.of();
      for (int part = 0; part < parts.size(); part++) {
        entries.add(new Entry(element, part, parts.get(part)));
      }
    }
    return entries;
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
}
