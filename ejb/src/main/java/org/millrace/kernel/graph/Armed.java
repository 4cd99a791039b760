package org.millrace.kernel.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.CatchEvent;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventBasedGateway;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.ReceiveTask;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.SubProcess;
import org.millrace.kernel.element.ThrowEvent;

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
    EventDefinition definition = definition(element);
    if (definition != null && !(element instanceof ThrowEvent)) {
      armed.add(new Armed(element.id(), definition));
    }
  }

  private static @Nullable EventDefinition definition(Element element) {
    if (element instanceof CatchEvent event) {
      return event.definition();
    } else if (element instanceof ThrowEvent event) {
      return event.definition();
    } else if (element instanceof StartEvent event) {
      return event.definition();
    }
    return element instanceof ReceiveTask task ? task.definition() : null;
  }

  /** Whether what is waited for by the one is what the other would wait for. */
  public boolean isLike(Armed other) {
    return definition.getClass() == other.definition.getClass()
        && (!(definition instanceof EventDefinition.Message message)
            || message.name().equals(((EventDefinition.Message) other.definition).name()));
  }

  /** Whether two elements are of the same kind, so that a token at one could be at the other. */
  public static boolean isSameKind(Element one, Element other) {
    EventDefinition definition = definition(one);
    EventDefinition otherDefinition = definition(other);
    return one.getClass() == other.getClass()
        && (definition == null
            || otherDefinition == null
            || definition.getClass() == otherDefinition.getClass())
        && kind(one.node().loop()) == kind(other.node().loop())
        && (!(one instanceof SubProcess subProcess) || isSameKind(subProcess, (SubProcess) other));
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
