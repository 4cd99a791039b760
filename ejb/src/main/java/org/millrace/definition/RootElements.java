package org.millrace.definition;

import static org.millrace.definition.Namespaces.CLASSIC;
import static org.millrace.definition.Namespaces.ZEEBE;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Literal;

/** The messages, signals, errors and escalations of a document, which its processes refer to. */
final class RootElements {

  private static final Set<String> DATA =
      Set.of("inputDataItem", "outputDataItem", "dataObject", "dataObjectReference", "property");

  private static final Set<String> GLOBAL_TASKS =
      Set.of(
          "globalTask",
          "globalManualTask",
          "globalUserTask",
          "globalScriptTask",
          "globalBusinessRuleTask");

  /** What a queue's property and a column hold with ease. */
  private static final int MAX_NAME = 200;

  private final Map<String, XmlElement> byId = new HashMap<>();
  private final boolean classic;

  private final boolean drools;

  private final boolean flowable;
  private final Map<String, XmlElement> data = new HashMap<>();

  RootElements(XmlElement definitions) {
    classic = Namespaces.CLASSIC.stream().anyMatch(definitions.attributes()::containsValue);
    drools = definitions.attributes().containsValue(Namespaces.DROOLS);
    Collection<String> namespaces = definitions.attributes().values();
    flowable =
        !Collections.disjoint(namespaces, List.of(Namespaces.FLOWABLE, Namespaces.ACTIVITI))
            && Collections.disjoint(namespaces, List.of(Namespaces.CAMUNDA, Namespaces.OPERATON));
    for (XmlElement root : definitions.children()) {
      String id = root.id();
      if (root.isBpmn() && id != null) {
        byId.put(id, root);
      }
      data(root);
    }
  }

  /** Activiti, Flowable and jBPM execute a process that does not say whether it is executable. */
  boolean isExecutable(XmlElement process) {
    return process.attribute("isExecutable") == null
        ? drools || flowable
        : process.isTrue("isExecutable");
  }

  /** Whether the document was written for one of the engines that write the same. */
  boolean isClassic() {
    return classic;
  }

  /** Whether the document was written for Flowable or Activiti, and not for what came from it. */
  boolean isFlowable() {
    return flowable;
  }

  /** Whether the document was written for jBPM. */
  boolean isDrools() {
    return drools;
  }

  /** The definitions of an event: its own, and those that several events can refer to. */
  List<XmlElement> eventDefinitions(Reading event) {
    List<XmlElement> found = new ArrayList<>();
    for (XmlElement child : event.element().children()) {
      if (child.isBpmn() && child.kind().endsWith("EventDefinition")) {
        event.leave(child);
        found.add(child);
      }
    }
    for (XmlElement reference : event.children("eventDefinitionRef")) {
      XmlElement definition = eventDefinition(event, XmlElement.local(reference.text()));
      if (definition != null) {
        found.add(definition);
      }
    }
    return found;
  }

  /** The definition that is referred to; null, with a problem, if there is none of this id. */
  @Nullable XmlElement eventDefinition(Reading referring, String id) {
    XmlElement root = byId.get(id);
    if (root == null || !root.kind().endsWith("EventDefinition")) {
      referring.problem(missing("eventDefinition", id));
      return null;
    }
    return root;
  }

  /** The global task of this id; null if there is none. */
  @Nullable XmlElement globalTask(@Nullable String id) {
    XmlElement root = id == null ? null : byId.get(id);
    return root != null && GLOBAL_TASKS.contains(root.kind()) ? root : null;
  }

  /** The name of the resource of this id; the id itself where it has none. */
  String resource(String id) {
    XmlElement resource = byId.get(id);
    String name = resource == null ? null : resource.attribute("name");
    return name == null || name.isBlank() ? id : name.strip();
  }

  /** At any depth: ids are unique in a document. */
  private void data(XmlElement element) {
    String id = element.id();
    if (id != null && DATA.contains(element.kind())) {
      data.put(id, element);
    }
    element.children().forEach(this::data);
  }

  /** The variable that a data object, a reference to one, or a property stands for. */
  String variable(String id) {
    XmlElement element = data.get(id);
    String referred = element == null ? null : element.reference("dataObjectRef");
    element = referred == null ? element : data.getOrDefault(referred, element);
    String name = element == null ? null : element.attribute("name");
    return name == null || name.isBlank() ? id : name.strip();
  }

  /** The message that an event or task refers to; null, with a problem, if there is none. */
  EventDefinition.@Nullable Message message(Reading referring) {
    String text = referring.classic("messageExpression");
    if (text != null) {
      referring.ignore("messageRef"); // That other name is for when there is no expression.
      Expression name = referring.compile(text, Expressions::value);
      return name == null ? null : new EventDefinition.Message(name, null);
    }
    XmlElement element = require("message", referring);
    if (element == null) {
      return null;
    }
    Reading message = new Reading(element, referring.problems());
    Expression name = named(referring, element, "name");
    message.ignore("itemRef");
    String key = correlationKey(message);
    Expression expression = key == null ? null : message.compile(key, Expressions::value);
    message.close();
    return name == null ? null : new EventDefinition.Message(name, expression);
  }

  /** The name of the signal that an event refers to; null, with a problem, if there is none. */
  @Nullable Expression signal(Reading referring) {
    String text = referring.classic("signalExpression");
    if (text != null) {
      referring.ignore("signalRef");
      return referring.compile(text, Expressions::value);
    }
    String reference = referring.reference("signalRef");
    if (drools && !classic && reference != null && find("signal", reference) == null) {
      return new Literal(reference); // jBPM takes it for the name.
    }
    XmlElement element = require("signal", referring);
    if (element == null) {
      return null;
    }
    Reading signal = new Reading(element, referring.problems());
    Expression name = named(referring, element, "name");
    signal.ignore("structureRef");
    signal.classic("scope"); // See below.
    signal.close();
    return name;
  }

  /** Whether the signal that an event refers to is for its own instance alone. */
  boolean isLocal(Reading referring) {
    XmlElement signal = find("signal", referring.reference("signalRef"));
    return signal != null
        && CLASSIC.stream()
            .map(namespace -> signal.attributes().get(new QName(namespace, "scope")))
            .anyMatch("processInstance"::equals);
  }

  private @Nullable XmlElement require(String kind, Reading referring) {
    String reference = referring.reference(kind + "Ref");
    XmlElement element = find(kind, reference);
    if (element == null) {
      referring.problem(missing(kind, reference));
    }
    return element;
  }

  /** An attribute that names something, or gives its name; what has none goes by its id. */
  private static @Nullable Expression named(
      Reading referring, XmlElement element, String attribute) {
    String text = element.attribute(attribute);
    if (text == null || text.isBlank()) {
      text = String.valueOf(element.id());
    }
    Expression name = referring.compile(text, Expressions::value);
    if (name instanceof Literal literal && literal.source().length() > MAX_NAME) {
      referring.problem(needs(element, attribute));
      return null;
    }
    return name;
  }

  private static String needs(XmlElement element, String attribute) {
    return "the %s \"%s\" needs %s %s of at most %d characters"
        .formatted(
            element.kind(),
            element.id(),
            attribute.startsWith("e") ? "an" : "a",
            attribute,
            MAX_NAME);
  }

  private static @Nullable String correlationKey(Reading message) {
    String key = message.own("correlationKey");
    for (XmlElement subscription : message.extensions(List.of(ZEEBE), "subscription")) {
      key = key == null ? subscription.attribute("correlationKey") : key;
    }
    return key;
  }

  /** The error that an event catches; one that refers to none, or to one without a code, all. */
  EventDefinition.@Nullable ErrorCode error(Reading referring) {
    String flowable = referring.classic("errorVariableName");
    String camunda = referring.classic("errorCodeVariable");
    String codeVariable = camunda == null ? flowable : camunda;
    String messageVariable = referring.classic("errorMessageVariable");
    if (isMissing(referring, "errorRef")) {
      return new EventDefinition.ErrorCode(null, codeVariable, messageVariable);
    }
    String undeclared = undeclared("error", referring);
    if (undeclared != null) {
      return new EventDefinition.ErrorCode(undeclared, codeVariable, messageVariable);
    }
    XmlElement element = require("error", referring);
    String code = element == null ? null : code(referring, element, "errorCode");
    return element == null
        ? null
        : new EventDefinition.ErrorCode(code, codeVariable, messageVariable);
  }

  /** Camunda 7, its kin and jBPM take a reference to no error in the document for the code. */
  private @Nullable String undeclared(String kind, Reading referring) {
    String reference = referring.reference(kind + "Ref");
    return (classic || drools)
            && reference != null
            && !reference.isBlank()
            && find(kind, reference) == null
        ? reference
        : null;
  }

  /** The error that an event throws. */
  EventDefinition.@Nullable ErrorThrow errorThrown(Reading referring) {
    String undeclared = undeclared("error", referring);
    if (undeclared != null) {
      return new EventDefinition.ErrorThrow(new Literal(undeclared), null);
    }
    XmlElement element = require("error", referring);
    if (element == null) {
      return null;
    }
    Reading error = new Reading(element, referring.problems());
    Expression code = named(referring, element, "errorCode");
    String text = error.classic("errorMessage");
    Expression message = text == null ? null : error.compile(text, Expressions::value);
    return code == null ? null : new EventDefinition.ErrorThrow(code, message);
  }

  /**
   * The escalation that an event catches; one that refers to none, or to one without a code, all.
   */
  EventDefinition.@Nullable EscalationCode escalation(Reading referring) {
    String codeVariable = referring.classic("escalationCodeVariable");
    if (isMissing(referring, "escalationRef")) {
      return new EventDefinition.EscalationCode(null, codeVariable);
    }
    String undeclared = undeclared("escalation", referring);
    if (undeclared != null) {
      return new EventDefinition.EscalationCode(undeclared, codeVariable);
    }
    XmlElement element = require("escalation", referring);
    String code = element == null ? null : code(referring, element, "escalationCode");
    return element == null ? null : new EventDefinition.EscalationCode(code, codeVariable);
  }

  /** The escalation that an event throws. */
  EventDefinition.@Nullable EscalationThrow escalationThrown(Reading referring) {
    String undeclared = undeclared("escalation", referring);
    if (undeclared != null) {
      return new EventDefinition.EscalationThrow(new Literal(undeclared));
    }
    XmlElement element = require("escalation", referring);
    Expression code = element == null ? null : named(referring, element, "escalationCode");
    return code == null ? null : new EventDefinition.EscalationThrow(code);
  }

  private static boolean isMissing(Reading referring, String attribute) {
    String reference = referring.attribute(attribute);
    return reference == null || reference.isBlank();
  }

  /** A code that is caught, which stands fast; null for any. */
  private static @Nullable String code(Reading referring, XmlElement element, String attribute) {
    String text = element.attribute(attribute);
    Expression code = text == null || text.isBlank() ? null : named(referring, element, attribute);
    if (code != null && !(code instanceof Literal)) {
      referring.problem("a code that is caught is no expression: " + code.source());
    }
    return code == null ? null : code.source();
  }

  private @Nullable XmlElement find(String kind, @Nullable String id) {
    XmlElement element = id == null ? null : byId.get(id);
    return element != null && element.kind().equals(kind) ? element : null;
  }

  private static String missing(String kind, @Nullable String reference) {
    return reference == null
        ? "it needs a reference to %s %s".formatted(kind.startsWith("e") ? "an" : "a", kind)
        : "there is no " + kind + " \"" + reference + "\" in the document";
  }
}
