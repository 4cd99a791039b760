package org.millrace.definition;

import static org.millrace.definition.Namespaces.CLASSIC;
import static org.millrace.definition.Namespaces.DROOLS;
import static org.millrace.definition.Namespaces.ZEEBE;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.definition.expression.VariableReference;
import org.millrace.kernel.element.CallActivity;
import org.millrace.kernel.graph.Call;
import org.millrace.kernel.graph.Call.Passing;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;

/**
 * Reads what a call activity calls, and what passes between the two.
 *
 * <p>What passes where nobody says so is what the document's own engine would pass: nothing in one
 * that was written for Camunda 7, Operaton or Flowable; everything in one for Camunda 8, and in all
 * others, as an activity without mappings sees everything and gives back everything.
 */
final class CallReader {

  /** How those engines write: the caller's own business key. */
  private static final Pattern CALLERS_KEY =
      Pattern.compile("[$#]\\{\\s*execution\\.(processBusinessKey|businessKey)\\s*}");

  private final Reading activity;
  private final Mappings mappings;
  private final boolean isClassic;
  private final @Nullable XmlElement zeebe;
  private final List<Passing> in = new ArrayList<>();
  private final List<Passing> out = new ArrayList<>();
  private boolean inheritsKey;
  private @Nullable Expression businessKey;

  private CallReader(Reading activity, Mappings mappings, RootElements roots) {
    this.activity = activity;
    this.mappings = mappings;
    List<XmlElement> found = activity.extensions(List.of(ZEEBE), "calledElement");
    this.zeebe = found.isEmpty() ? null : found.get(0);
    this.isClassic = zeebe == null && roots.dialect().isClassic();
    this.inheritsKey = !isClassic;
  }

  /** Null, with a problem, if it calls nothing that there is. */
  static @Nullable CallActivity read(
      Reading activity, Node node, Mappings mappings, RootElements roots) {
    return new CallReader(activity, mappings, roots).read(node);
  }

  private @Nullable CallActivity read(Node node) {
    Expression process = process();
    BindingReader.Bound bound = BindingReader.of(activity, "calledElement", zeebe);
    passing();
    activity.fixed(new QName(DROOLS, "waitForCompletion"), "true");
    key(activity.own("businessKey"));
    key(activity.classic("businessKey"));
    return process == null
        ? null
        : new CallActivity(
            node,
            mappings,
            new Call(
                process,
                bound.binding(),
                bound.version(),
                inheritsKey,
                businessKey,
                List.copyOf(in),
                List.copyOf(out)));
  }

  private @Nullable Expression process() {
    String text = activity.attribute("calledElement");
    String ofZeebe = zeebe == null ? null : zeebe.attribute("processId");
    String computed = zeebe == null ? null : zeebe.attribute("processIdExpression");
    if (ofZeebe == null && computed != null) {
      ofZeebe = "=" + computed;
    }
    if (ofZeebe != null) {
      text = ofZeebe;
    } else if (text != null && !isExpression(text)) {
      text = activity.reference("calledElement");
    }
    String type = activity.classic("calledElementType");
    if (type != null && !type.equals("key")) {
      activity.problem("calledElementType=\"" + type + "\" is not supported; name the process");
    }
    if (text == null || text.isBlank()) {
      activity.problem("it needs a calledElement: the id of the process to be called");
      return null;
    }
    return activity.compile(text, Expressions::value);
  }

  private static boolean isExpression(String text) {
    return text.strip().startsWith("=") || text.contains("${") || text.contains("#{");
  }

  private void passing() {
    boolean isMapped = false;
    for (XmlElement one : activity.extensions(CLASSIC, "in")) {
      isMapped = true;
      classic(activity.part(one), in);
    }
    for (XmlElement one : activity.extensions(CLASSIC, "out")) {
      isMapped = true;
      classic(activity.part(one), out);
    }
    if ("true".equals(activity.classic("inheritVariables"))) {
      in.add(0, Passing.all(false));
    }
    if ("true".equals(activity.classic("inheritBusinessKey"))) {
      inheritsKey = true;
    }
    boolean isOwn = activity.hasOwn();
    if (zeebe != null) {
      in.add(Passing.all(isFalse(zeebe, "propagateAllParentVariables")));
      if (!mappings.outputs().isEmpty()) {
        out.add(Passing.all(true));
      } else if (!isFalse(zeebe, "propagateAllChildVariables")) {
        out.add(Passing.all(false));
      }
    } else if (isOwn || !(isClassic || isMapped)) {
      in.add(Passing.all(!mappings.inputs().isEmpty()));
      out.add(Passing.all(!mappings.outputs().isEmpty()));
    }
  }

  private static boolean isFalse(XmlElement element, String attribute) {
    return "false".equals(element.attribute(attribute));
  }

  private void classic(Reading one, List<Passing> side) {
    String source = one.attribute("source");
    String expression = one.attribute("sourceExpression");
    String target = one.attribute("target");
    String variables = one.attribute("variables");
    String key = side == in ? one.attribute("businessKey") : null;
    boolean own = one.flag("local", false);
    if (key != null) {
      key(key);
    } else if (variables != null) {
      one.fixed("variables", "all");
      side.add(Passing.all(own));
    } else if (target == null || target.isBlank() || (source == null && expression == null)) {
      one.problem("it needs a source and a target, variables=\"all\" or a businessKey");
    } else {
      Expression value =
          source != null && !isExpression(source)
              ? new VariableReference(source.strip())
              : one.compile(Objects.requireNonNullElse(source, expression), Expressions::value);
      if (value != null) {
        side.add(new Passing(new Mapping(target.strip(), value), own));
      }
    }
    one.ignore("transient"); // How long that engine keeps what it passes.
    one.close();
  }

  private void key(@Nullable String text) {
    if (text == null) {
      return;
    }
    if (CALLERS_KEY.matcher(text.strip()).matches()) {
      inheritsKey = true;
    } else {
      businessKey = activity.compile(text, Expressions::value);
    }
  }
}
