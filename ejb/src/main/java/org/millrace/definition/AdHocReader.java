package org.millrace.definition;

import static org.millrace.definition.Namespaces.DROOLS;
import static org.millrace.definition.Namespaces.ZEEBE;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.element.AdHoc;
import org.millrace.kernel.element.SubProcess;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;

/** Reads ad-hoc sub-processes. */
final class AdHocReader {

  /** How jBPM says that it completes when nothing in it is active: what it does without saying. */
  private static final Pattern WHEN_EMPTY =
      Pattern.compile(
          "autocomplete|(?:return\\s+)?getActivityInstanceAttribute\\(\\s*\"numberOfActiveInstances\"\\s*\\)"
              + "\\s*==\\s*0\\s*;?");

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
    active = active == null ? autoStarted(subProcess.element()) : active;
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

  /** Those that jBPM begins by themselves, as a list in FEEL; null for none. */
  private static @Nullable String autoStarted(XmlElement subProcess) {
    List<String> ids = new ArrayList<>();
    for (XmlElement element : subProcess.children()) {
      for (XmlElement extensions : element.children("extensionElements")) {
        if (extensions.children().stream().anyMatch(AdHocReader::isAutoStart)) {
          ids.add("\"" + element.id() + "\"");
        }
      }
    }
    return ids.isEmpty() ? null : "= [" + String.join(", ", ids) + "]";
  }

  private static boolean isAutoStart(XmlElement extension) {
    return extension.is(DROOLS, "metaData")
        && "customAutoStart".equals(extension.attribute("name"))
        && extension.children().stream().anyMatch(value -> value.text().strip().equals("true"));
  }

  private static @Nullable Expression completion(Reading subProcess) {
    XmlElement condition = subProcess.child("completionCondition");
    if (condition == null) {
      return null;
    }
    Reading part = subProcess.part(condition);
    part.ignore("evaluatesToTypeRef");
    String language = part.attribute("language");
    boolean whenEmpty =
        (language != null || condition.text().contains("("))
            && WHEN_EMPTY.matcher(condition.text().strip()).matches();
    Expression expression =
        whenEmpty ? null : part.compile(condition.text(), text -> Expressions.flow(text, language));
    part.close();
    return expression;
  }
}
