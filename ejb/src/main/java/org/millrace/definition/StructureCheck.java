package org.millrace.definition;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.CatchEvent;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventBasedGateway;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.ExclusiveGateway;
import org.millrace.kernel.element.ReceiveTask;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.SubProcess;
import org.millrace.kernel.element.ThrowEvent;
import org.millrace.kernel.graph.Flow;

/**
 * Whether the elements of a process fit together. An element that could not be read is missing
 * here, and is no second problem.
 */
final class StructureCheck {

  private final List<Element> elements;
  private final Map<String, Element> byId = new HashMap<>();
  private final Map<String, XmlElement> xml;
  private final boolean isFlowable;
  private final Problems problems;

  StructureCheck(
      List<Element> elements, Map<String, XmlElement> xml, boolean isFlowable, Problems problems) {
    this.elements = elements;
    this.xml = xml;
    this.isFlowable = isFlowable;
    this.problems = problems;
    elements.forEach(element -> byId.put(element.id(), element));
  }

  void check(XmlElement process, String processId) {
    new SubProcessCheck(elements, byId, xml, problems).check(process, processId);
    for (Element element : elements) {
      flows(element);
      if (element instanceof EventBasedGateway gateway) {
        eventGateway(gateway);
      } else if (element instanceof BoundaryEvent boundary) {
        boundary(boundary);
      } else if (element instanceof ThrowEvent event) {
        for (EventDefinition part : event.definition().parts()) {
          if (part instanceof EventDefinition.CompensationThrow compensation) {
            compensated(event, compensation.activity());
          }
        }
      }
    }
    boundariesTwice();
  }

  private void problem(Element element, String message) {
    XmlElement source = xml.get(element.id());
    if (source != null) {
      problems.add(source, message);
    }
  }

  static boolean hasFlows(Element element) {
    return !element.node().incoming().isEmpty() || !element.node().outgoing().isEmpty();
  }

  private void flows(Element element) {
    List<Flow> outgoing = element.node().outgoing();
    if (!element.node().incoming().isEmpty()
        && (element instanceof StartEvent || element instanceof BoundaryEvent)) {
      problem(element, "no sequence flow leads to it");
    }
    if (!outgoing.isEmpty() && element.node().type().equals("endEvent")) {
      problem(element, "no sequence flow leads from an end event");
    }
    if (element.definition() instanceof EventDefinition.Link) {
      link(element);
    }
    if (element instanceof Activity && isHandler(element) && hasFlows(element)) {
      problem(element, "it compensates, so no sequence flow leads to it or from it");
    }
    String defaultFlow = element.node().defaultFlow();
    if (defaultFlow != null && outgoing.stream().noneMatch(flow -> flow.id().equals(defaultFlow))) {
      problem(element, "its default flow \"" + defaultFlow + "\" does not leave it");
    }
    // One alone is taken where no condition before it holds: so Camunda 7 and its kin have it. For
    // Flowable the first of several is.
    boolean isOpen =
        isFlowable
            || (defaultFlow == null
                && outgoing.stream().filter(flow -> flow.condition() == null).count() == 1);
    for (Flow flow : outgoing) {
      if (element instanceof ExclusiveGateway
          && outgoing.size() > 1
          && !flow.id().equals(defaultFlow)
          && !isOpen
          && flow.condition() == null) {
        problem(
            element, "its flow \"%s\" needs a condition, or is the default".formatted(flow.id()));
      }
      // Behind a parallel gateway, all of these engines ignore it, and their handbooks say so.
      if (flow.condition() != null && element instanceof EventBasedGateway) {
        problem(element, "its flow \"%s\" cannot have a condition".formatted(flow.id()));
      }
    }
  }

  /** The way from one end to the other stands among the flows, with the id of its source. */
  private void link(Element element) {
    boolean hasOther =
        element instanceof ThrowEvent
            ? element.node().outgoing().stream().anyMatch(flow -> !flow.id().equals(element.id()))
            : element.node().incoming().stream()
                .anyMatch(flow -> !(byId.get(flow) instanceof ThrowEvent));
    if (hasOther) {
      problem(element, "the link is its only way on this side, so no sequence flow is there");
    }
  }

  private boolean isHandler(Element element) {
    XmlElement source = xml.get(element.id());
    return source != null && source.isTrue("isForCompensation");
  }

  private void eventGateway(EventBasedGateway gateway) {
    if (gateway.node().outgoing().isEmpty()) {
      problem(gateway, "it needs events to wait for");
    }
    if (gateway.instantiate() && !gateway.node().incoming().isEmpty()) {
      problem(gateway, "its events begin the process, so no sequence flow leads to it");
    }
    if (gateway.instantiate() && xml.containsKey(gateway.node().parent())) {
      problem(gateway, "it is in a sub-process, which no event from outside can begin");
    }
    for (Flow flow : gateway.node().outgoing()) {
      Element target = byId.get(flow.target());
      if (target == null) {
        continue;
      }
      if (gateway.instantiate()
          && target instanceof CatchEvent event
          && !(event.definition() instanceof EventDefinition.Message)) {
        problem(gateway, "it begins the process, so it waits for messages alone");
      }
      if ((!(target instanceof CatchEvent) && !(target instanceof ReceiveTask))
          || target.definition() instanceof EventDefinition.Link) {
        problem(gateway, "it leads to \"%s\", which waits for no event".formatted(target.id()));
      } else if (target.node().incoming().size() > 1) {
        problem(target, "it is waited for at a gateway, so no other flow leads to it");
      } else if (target.node().loop() != null) {
        problem(target, "it is waited for at a gateway, so it is no loop");
      }
    }
  }

  private void boundary(BoundaryEvent boundary) {
    XmlElement attachedTo = xml.get(boundary.attachedTo());
    Element activity = byId.get(boundary.attachedTo());
    if (attachedTo == null) {
      problem(
          boundary,
          "it is attached to \"%s\", which is not there".formatted(boundary.attachedTo()));
    } else if (activity != null) {
      boolean isBeside = activity.node().parent().equals(boundary.node().parent());
      boolean isEventSubProcess =
          activity instanceof SubProcess subProcess && subProcess.triggeredByEvent();
      if (!(activity instanceof Activity) || !isBeside || isEventSubProcess) {
        problem(
            boundary,
            "it is attached to \"%s\", which has no border for it".formatted(activity.id()));
      }
    }
    if (boundary.definition() instanceof EventDefinition.CompensationBoundary
        && !boundary.node().outgoing().isEmpty()) {
      problem(boundary, "an association leads from it, no sequence flow");
    }
  }

  /** Of two events that catch the same on one activity the second would never happen. */
  private void boundariesTwice() {
    Set<List<Object>> seen = new HashSet<>();
    for (Element element : elements) {
      if (element instanceof BoundaryEvent boundary) {
        for (EventDefinition part : boundary.definition().parts()) {
          Object caught = caught(part);
          if (caught != null && !seen.add(List.of(boundary.attachedTo(), caught))) {
            problem(boundary, "another event on the same activity catches this already");
          }
        }
      }
    }
  }

  private static @Nullable Object caught(EventDefinition definition) {
    if (definition instanceof EventDefinition.ErrorCode error) {
      return new EventDefinition.ErrorCode(error.code());
    } else if (definition instanceof EventDefinition.EscalationCode escalation) {
      return new EventDefinition.EscalationCode(escalation.code(), null);
    }
    return definition instanceof EventDefinition.CompensationBoundary
            || definition instanceof EventDefinition.Cancel
        ? definition.getClass()
        : null;
  }

  private void compensated(ThrowEvent event, @Nullable String activity) {
    if (activity != null && !(byId.get(activity) instanceof Activity) && !isUnread(activity)) {
      problem(event, "it compensates \"%s\", which is no activity".formatted(activity));
    }
  }

  private boolean isUnread(String id) {
    return xml.containsKey(id) && !byId.containsKey(id);
  }
}
