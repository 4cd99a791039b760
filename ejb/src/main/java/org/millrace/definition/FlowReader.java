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

  List<Flow> outgoing(String node) {
    return outgoing.getOrDefault(node, List.of());
  }

  List<String> incoming(String node) {
    return incoming.getOrDefault(node, List.of());
  }

  private void read(Reading flow) {
    flow.ignore("isImmediate");
    String id = flow.requireId();
    String source = end(flow, "sourceRef");
    String target = end(flow, "targetRef");
    Expression condition = condition(flow);
    flow.close();
    if (source != null && target != null) {
      outgoing
          .computeIfAbsent(source, node -> new ArrayList<>())
          .add(new Flow(id, source, target, condition));
      incoming.computeIfAbsent(target, node -> new ArrayList<>()).add(id);
    }
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
    Expression expression =
        part.compile(condition.text(), text -> Expressions.condition(text, language));
    part.close();
    return expression;
  }
}
