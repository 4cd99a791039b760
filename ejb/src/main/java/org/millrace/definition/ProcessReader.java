package org.millrace.definition;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.graph.Besides;
import org.millrace.kernel.graph.Decisions;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.graph.ProcessGraph.Particulars;

/** Reads one process, and the sub-processes in it. */
final class ProcessReader {

  /** Deeper than anybody draws, and far from the end of any stack. */
  private static final int MAX_NESTING = 50;

  /** More than anybody oversees. */
  private static final int MAX_NODES = 10_000;

  /** What is drawn for people, and what only says where data are. */
  private static final Set<String> DRAWING =
      Set.of(
          "laneSet",
          "textAnnotation",
          "group",
          "association",
          "dataObject",
          "dataObjectReference",
          "property",
          "ioSpecification",
          "dataStoreReference");

  static final Set<String> EVENTS =
      Set.of(
          "startEvent",
          "endEvent",
          "intermediateCatchEvent",
          "intermediateThrowEvent",
          "boundaryEvent");

  static final Set<String> ACTIVITIES =
      Set.of(
          "task",
          "manualTask",
          "serviceTask",
          "sendTask",
          "userTask",
          "scriptTask",
          "businessRuleTask",
          "receiveTask",
          "callActivity",
          "subProcess",
          "transaction",
          "adHocSubProcess");

  private static final Set<String> CONTAINERS =
      Set.of("subProcess", "transaction", "adHocSubProcess");

  static final Set<String> GATEWAYS =
      Set.of(
          "exclusiveGateway",
          "inclusiveGateway",
          "parallelGateway",
          "complexGateway",
          "eventBasedGateway");

  private final RootElements roots;
  private final Problems problems;
  private final ActivityReader activities;
  private final EventReader events;
  private final Map<String, String> compensations = new HashMap<>();
  private final Map<String, XmlElement> nodes = new HashMap<>();
  private final List<Element> elements = new ArrayList<>();

  private ProcessReader(RootElements roots, Decisions decisions, Problems problems) {
    this.roots = roots;
    this.problems = problems;
    this.activities = new ActivityReader(roots, decisions);
    this.events = new EventReader(roots, compensations);
  }

  /** Reads a process; what is wrong with it is added to the problems. */
  static ProcessGraph read(
      XmlElement process, RootElements roots, Decisions decisions, Problems problems) {
    ProcessReader reader = new ProcessReader(roots, decisions, problems);
    Reading reading = new Reading(process, problems);
    reading.flag("isExecutable", false);
    reading.ignore("processType", "isClosed", "definitionalCollaborationRef");
    reading.fixed(new QName(Namespaces.DROOLS, "adHoc"), "false");
    reading.own("versionTag"); // The Heading has it, for all processes of the document.
    String processId = reading.requireId();
    reader.container(reading, processId, 0);
    Duration historyTimeToLive = HistoryTimeToLive.of(reading);
    Besides besides = BesidesReader.of(reading);
    reading.close();
    new StructureCheck(reader.elements, reader.nodes, roots.dialect().isFlowable(), problems)
        .check(process, processId);
    return new ProcessGraph(
        processId,
        process.attribute("name"),
        reader.elements,
        new Particulars(initialValues(reading, roots), historyTimeToLive, besides));
  }

  /** In jBPM a variable is declared as a property, and is null until somebody sets it. */
  private static Map<String, @Nullable Object> initialValues(Reading process, RootElements roots) {
    Map<String, @Nullable Object> values = InitialValues.of(process);
    if (roots.dialect().isDrools()) {
      for (XmlElement property : process.element().children("property")) {
        values.putIfAbsent(roots.variable(String.valueOf(property.id())), null);
      }
    }
    return values;
  }

  /** Reads what lies directly in a process or sub-process, and then what lies in that. */
  private void container(Reading container, String id, int nesting) {
    container.ignoreChildren(DRAWING);
    List<XmlElement> here =
        container.element().children().stream().filter(ProcessReader::isNode).toList();
    Set<String> ids = new HashSet<>();
    for (XmlElement node : here) {
      container.leave(node);
      String nodeId = new Reading(node, problems).requireId();
      ids.add(nodeId);
      if (!nodeId.isEmpty() && (nodes.put(nodeId, node) != null || nodeId.equals(id))) {
        problems.add(node, "the id \"" + nodeId + "\" stands in the process twice");
      }
    }
    if (nodes.size() > MAX_NODES) {
      container.problem("a process has at most " + MAX_NODES + " elements");
      return;
    }
    Set<String> handlers =
        here.stream()
            .filter(node -> node.isTrue("isForCompensation"))
            .map(XmlElement::id)
            .collect(toSet());
    for (XmlElement association : container.element().children("association")) {
      String source = association.reference("sourceRef");
      String target = association.reference("targetRef");
      if (source != null && handlers.contains(target)) {
        compensations.put(source, String.valueOf(target));
      }
    }
    FlowReader flows = new FlowReader(container, ids);
    flows.addLinks(here, problems);
    for (XmlElement node : here) {
      String nodeId = node.id();
      if (nodeId != null) {
        Reading reading = new Reading(node, problems);
        read(reading, node(reading, nodeId, id, flows), nesting);
      }
    }
  }

  private static boolean isNode(XmlElement element) {
    return element.isBpmn()
        && (EVENTS.contains(element.kind())
            || ACTIVITIES.contains(element.kind())
            || GATEWAYS.contains(element.kind())
            || isUnsupportedNode(element.kind()));
  }

  /** Refused, but a flow to it is no second problem. */
  private static boolean isUnsupportedNode(String kind) {
    return kind.endsWith("Gateway")
        || kind.endsWith("Task")
        || kind.endsWith("Event")
        || kind.equals("transaction")
        || kind.equals("adHocSubProcess");
  }

  private Node node(Reading reading, String id, String parent, FlowReader flows) {
    XmlElement element = reading.element();
    return new Node(
        id,
        element.attribute("name"),
        element.kind(),
        parent,
        List.copyOf(flows.incoming(id)),
        List.copyOf(flows.outgoing(id)),
        element.attribute("default"),
        ACTIVITIES.contains(element.kind()) ? LoopReader.of(reading, roots) : null,
        BesidesReader.of(reading));
  }

  private void read(Reading reading, Node node, int nesting) {
    String kind = node.type();
    Element element = null;
    if (EVENTS.contains(kind)) {
      element = event(reading, node);
    } else if (ACTIVITIES.contains(kind)) {
      element = activities.read(reading, node);
    } else if (GATEWAYS.contains(kind)) {
      element = GatewayReader.read(reading, node);
    } else {
      reading.problem("this is not supported yet");
      return;
    }
    if (element != null) {
      elements.add(element);
    }
    if (CONTAINERS.contains(kind)) {
      if (nesting >= MAX_NESTING) {
        reading.problem("sub-processes nest deeper than " + MAX_NESTING);
        return;
      }
      container(reading, node.id(), nesting + 1);
    }
    reading.close();
  }

  private @Nullable Element event(Reading reading, Node node) {
    return switch (node.type()) {
      case "startEvent" -> events.start(reading, node, startPlace(node.parent()));
      case "intermediateCatchEvent" -> events.catching(reading, node);
      case "intermediateThrowEvent" -> events.throwing(reading, node, Place.THROW);
      case "endEvent" -> events.throwing(reading, node, Place.END);
      default -> events.boundary(reading, node);
    };
  }

  private Place startPlace(String container) {
    XmlElement subProcess = nodes.get(container);
    if (subProcess == null) {
      return Place.PROCESS_START;
    }
    return subProcess.isTrue("triggeredByEvent")
        ? Place.EVENT_SUB_PROCESS_START
        : Place.SUB_PROCESS_START;
  }
}
