package org.millrace.definition;

import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.element.ComplexGateway;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventBasedGateway;
import org.millrace.kernel.element.ExclusiveGateway;
import org.millrace.kernel.element.InclusiveGateway;
import org.millrace.kernel.element.ParallelGateway;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Node;

/** Reads gateways. Which way one is drawn to be, splitting or joining, its flows say themselves. */
final class GatewayReader {

  private GatewayReader() {}

  static Element read(Reading gateway, Node node) {
    gateway.ignore("gatewayDirection");
    return switch (node.type()) {
      case "exclusiveGateway" -> {
        gateway.ignore("default");
        yield new ExclusiveGateway(node);
      }
      case "inclusiveGateway" -> {
        gateway.ignore("default");
        yield new InclusiveGateway(node);
      }
      case "complexGateway" -> {
        gateway.ignore("default");
        yield new ComplexGateway(node, activation(gateway));
      }
      case "parallelGateway" -> new ParallelGateway(node);
      default -> {
        boolean instantiate = gateway.flag("instantiate", false);
        gateway.fixed("eventGatewayType", "Exclusive", instantiate ? "Parallel" : "Exclusive");
        boolean parallel = "Parallel".equals(gateway.element().attribute("eventGatewayType"));
        yield new EventBasedGateway(node, instantiate, parallel);
      }
    };
  }

  private static @Nullable Expression activation(Reading gateway) {
    XmlElement condition = gateway.child("activationCondition");
    if (condition == null) {
      return null;
    }
    Reading part = gateway.part(condition);
    part.ignore("evaluatesToTypeRef");
    String language = part.attribute("language");
    Expression expression =
        part.compile(condition.text(), text -> Expressions.condition(text, language));
    part.close();
    return expression;
  }
}
