package org.millrace.definition;

import static org.millrace.definition.Namespaces.CLASSIC;
import static org.millrace.definition.Namespaces.ZEEBE;

import java.util.ArrayList;
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

  private static final String VARIABLE_LISTENER = "variableListenerEventDefinition";

  private final Map<String, XmlElement> byId = new HashMap<>();
  private final Dialect dialect;
  private final Map<String, XmlElement> data = new HashMap<>();

  RootElements(XmlElement definitions) {
    dialect = Dialect.of(definitions);
    for (XmlElement root : definitions.children()) {
      String id = root.id();
      if (root.isBpmn() && id != null) {
        byId.put(id, root);
      }
      data(root);
    }
  }

  /** Whose the document is. */
  Dialect dialect() {
    return dialect;
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
    // Flowable's own is written in either place.
    found.addAll(event.extensions(Namespaces.CLASSIC, VARIABLE_LISTENER));
    for (XmlElement child : event.element().children()) {
      if (child.kind().equals(VARIABLE_LISTENER) && !child.isBpmn()) {
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
    if (dialect.isDrools()
        && !dialect.isClassic()
        && reference != null
        && find("signal", reference) == null) {
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

  @Nullable XmlElement require(String kind, Reading referring) {
    String reference = referring.reference(kind + "Ref");
    XmlElement element = find(kind, reference);
    if (element == null) {
      referring.problem(missing(kind, reference));
    }
    return element;
  }

  /** An attribute that names something, or gives its name; what has none goes by its id. */
  static @Nullable Expression named(Reading referring, XmlElement element, String attribute) {
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

  @Nullable XmlElement find(String kind, @Nullable String id) {
    XmlElement element = id == null ? null : byId.get(id);
    return element != null && element.kind().equals(kind) ? element : null;
  }

  private static String missing(String kind, @Nullable String reference) {
    return reference == null
        ? "it needs a reference to %s %s".formatted(kind.startsWith("e") ? "an" : "a", kind)
        : "there is no " + kind + " \"" + reference + "\" in the document";
  }
}
