package org.millrace.definition;

import static org.millrace.definition.Namespaces.ZEEBE;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.element.AdHoc;
import org.millrace.kernel.element.SubProcess;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;

/** Reads ad-hoc sub-processes. */
final class AdHocReader {

  private AdHocReader() {}

  static SubProcess read(Reading subProcess, Node node, Mappings mappings) {
    subProcess.fixed("triggeredByEvent", "false");
    String ordering = subProcess.attribute("ordering");
    if (ordering != null && !ordering.equals("Parallel") && !ordering.equals("Sequential")) {
      subProcess.problem("ordering=\"" + ordering + "\" is neither Parallel nor Sequential");
    }
    boolean cancels = subProcess.flag("cancelRemainingInstances", true);
    String active = subProcess.own("activeElements");
    for (XmlElement zeebe : subProcess.extensions(List.of(ZEEBE), "adHoc")) {
      active = active == null ? zeebe.attribute("activeElementsCollection") : active;
    }
    return new SubProcess(
        node,
        mappings,
        false,
        new AdHoc(
            "Sequential".equals(ordering),
            completion(subProcess),
            cancels,
            active == null ? null : subProcess.compile(active, Expressions::value)));
  }

  private static @Nullable Expression completion(Reading subProcess) {
    XmlElement condition = subProcess.child("completionCondition");
    if (condition == null) {
      return null;
    }
    Reading part = subProcess.part(condition);
    part.ignore("evaluatesToTypeRef");
    String language = part.attribute("language");
    Expression expression =
        part.compile(condition.text(), text -> Expressions.condition(text, language));
    part.close();
    return expression;
  }
}
