package org.millrace.kernel.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.CatchEvent;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventBasedGateway;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.ReceiveTask;
import org.millrace.kernel.element.SignalDefinition;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.SubProcess;

/**
 * An event that can be waited for while a token stays somewhere.
 *
 * @param element what is told when it comes
 */
public record Armed(String element, EventDefinition definition) {

  /** The events on an activity's border. */
  public static List<Armed> on(ProcessGraph graph, String activity) {
    return graph.boundaries(activity).stream()
        .map(boundary -> new Armed(boundary.id(), boundary.definition()))
        .toList();
  }

  /**
   * The events that the process or an element itself waits for, and those of event sub-processes.
   */
  public static List<Armed> in(ProcessGraph graph, String container) {
    List<Armed> armed = new ArrayList<>();
    for (SubProcess subProcess : graph.eventSubProcesses(container)) {
      for (StartEvent start : graph.starts(subProcess.id())) {
        armed.add(new Armed(start.id(), start.definition()));
      }
    }
    if (graph.has(container)) {
      Element element = graph.element(container);
      add(armed, element);
      if (element instanceof EventBasedGateway) {
        element.node().outgoing().forEach(flow -> add(armed, graph.element(flow.target())));
      }
    }
    return armed;
  }

  private static void add(List<Armed> armed, Element element) {
    if (element instanceof CatchEvent
        || element instanceof ReceiveTask
        || element instanceof StartEvent) {
      armed.add(new Armed(element.id(), element.definition()));
    }
  }

  /** Whether what is waited for by the one is what the other would wait for. */
  public boolean isLike(Armed other) {
    return isSameKind(definition, other.definition) && names().equals(other.names());
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (EventDefinition part : definition.parts()) {
      if (part instanceof EventDefinition.Message message) {
        names.add(message.name().source());
      } else if (part instanceof SignalDefinition signal) {
        names.add(signal.name().source());
      }
    }
    return names;
  }

  /** Whether two elements are of the same kind, so that a token at one could be at the other. */
  public static boolean isSameKind(Element one, Element other) {
    return one.getClass() == other.getClass()
        && isSameKind(one.definition(), other.definition())
        && kind(one.node().loop()) == kind(other.node().loop())
        && (!(one instanceof SubProcess subProcess) || isSameKind(subProcess, (SubProcess) other));
  }

  private static boolean isSameKind(EventDefinition one, EventDefinition other) {
    return one.getClass() == other.getClass()
        && one.parts().stream()
            .map(Object::getClass)
            .toList()
            .equals(other.parts().stream().map(Object::getClass).toList());
  }

  private static boolean isSameKind(SubProcess one, SubProcess other) {
    return one.triggeredByEvent() == other.triggeredByEvent()
        && one.isTransaction() == other.isTransaction()
        && (one.adHoc() == null) == (other.adHoc() == null);
  }

  private static @Nullable Class<?> kind(@Nullable Loop loop) {
    return loop == null ? null : loop.getClass();
  }
}
