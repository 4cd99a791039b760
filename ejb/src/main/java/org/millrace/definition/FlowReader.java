package org.millrace.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.graph.Listener;

/** Reads the sequence flows that lie directly in a process or sub-process. */
final class FlowReader {

  private final Set<String> nodes;
  private final Map<String, List<Flow>> outgoing = new HashMap<>();
  private final Map<String, List<String>> incoming = new HashMap<>();

  /**
   * Reads them.
   *
   * @param nodes the ids of all that lies there
   */
  FlowReader(Reading container, Set<String> nodes) {
    this.nodes = nodes;
    for (XmlElement flow : container.children("sequenceFlow")) {
      read(new Reading(flow, container.problems()));
    }
  }

  /**
   * Adds the links: each is a flow from the event that throws it to the one beside it that catches
   * it, and has the id of the former.
   */
  void addLinks(List<XmlElement> events, Problems problems) {
    Map<String, String> targets = new HashMap<>();
    for (XmlElement event : events) {
      String link = event.kind().equals("intermediateCatchEvent") ? link(event) : null;
      String id = event.id();
      if (link != null && id != null && targets.putIfAbsent(link, id) != null) {
        problems.add(event, "another event catches the link \"" + link + "\" already");
      }
    }
    for (XmlElement event : events) {
      String link = event.kind().equals("intermediateThrowEvent") ? link(event) : null;
      String target = targets.get(link);
      String id = event.id();
      if (link != null && target == null) {
        problems.add(event, "no event beside it catches the link \"" + link + "\"");
      } else if (link != null && target != null && id != null) {
        add(new Flow(id, id, target, null));
      }
    }
  }

  private static @Nullable String link(XmlElement event) {
    return event.children("linkEventDefinition").stream()
        .map(definition -> definition.attribute("name"))
        .filter(name -> name != null && !name.isBlank())
        .map(String::strip)
        .findFirst()
        .orElse(null);
  }

  List<Flow> outgoing(String node) {
    return outgoing.getOrDefault(node, List.of());
  }

  List<String> incoming(String node) {
    return incoming.getOrDefault(node, List.of());
  }

  private void read(Reading flow) {
    flow.ignore("isImmediate");
    String source = end(flow, "sourceRef");
    String target = end(flow, "targetRef");
    String id = flow.element().id() == null ? between(source, target) : flow.requireId();
    Expression condition = condition(flow);
    List<Listener> listeners = BesidesReader.ofFlow(flow);
    flow.close();
    if (source != null && target != null) {
      add(new Flow(id, source, target, condition, listeners));
    }
  }

  /** BPMN leaves the id to the author: one without it goes by its ends. */
  private String between(@Nullable String source, @Nullable String target) {
    long same =
        outgoing.getOrDefault(String.valueOf(source), List.of()).stream()
            .filter(flow -> flow.target().equals(target))
            .count();
    return source + "->" + target + (same == 0 ? "" : "#" + same);
  }

  private void add(Flow flow) {
    outgoing.computeIfAbsent(flow.source(), node -> new ArrayList<>()).add(flow);
    incoming.computeIfAbsent(flow.target(), node -> new ArrayList<>()).add(flow.id());
  }

  private @Nullable String end(Reading flow, String attribute) {
    String node = flow.attribute(attribute);
    if (node == null || !nodes.contains(node.strip())) {
      flow.problem(
          "its %s \"%s\" is nothing that lies beside it; a flow does not leave its sub-process"
              .formatted(attribute, node));
      return null;
    }
    return node.strip();
  }

  private static @Nullable Expression condition(Reading flow) {
    XmlElement condition = flow.child("conditionExpression");
    if (condition == null) {
      return null;
    }
    Reading part = flow.part(condition);
    part.ignore("evaluatesToTypeRef");
    String language = part.attribute("language");
    // An empty one is how some modelers write that there is none.
    Expression expression =
        condition.text().isBlank()
            ? null
            : part.compile(condition.text(), text -> Expressions.flow(text, language));
    part.close();
    return expression;
  }
}
