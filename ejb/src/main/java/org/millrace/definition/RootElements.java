package org.millrace.definition;

import static org.millrace.definition.Namespaces.ZEEBE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.graph.Expression;

/** The messages and errors of a document, which its processes refer to. */
final class RootElements {

  private static final Set<String> DATA = Set.of("dataObject", "dataObjectReference", "property");

  /** What a queue's property and a column hold with ease. */
  private static final int MAX_NAME = 200;

  private final Map<String, XmlElement> byId = new HashMap<>();
  private final boolean classic;
  private final Map<String, XmlElement> data = new HashMap<>();

  RootElements(XmlElement definitions) {
    classic = Namespaces.CLASSIC.stream().anyMatch(definitions.attributes()::containsValue);
    for (XmlElement root : definitions.children()) {
      String id = root.id();
      if (root.isBpmn() && id != null) {
        byId.put(id, root);
      }
      data(root);
    }
  }

  /** Whether the document was written for one of the engines that write the same. */
  boolean isClassic() {
    return classic;
  }

  /** What kind of global task this is the id of; null if of none. */
  @Nullable String globalKind(String id) {
    XmlElement root = byId.get(id);
    return root != null && root.kind().startsWith("global") ? root.kind() : null;
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
    String reference = referring.reference("messageRef");
    XmlElement element = find("message", reference);
    if (element == null) {
      referring.problem(missing("message", reference));
      return null;
    }
    Reading message = new Reading(element, referring.problems());
    String name = element.attribute("name");
    if (name == null || name.isBlank() || name.length() > MAX_NAME) {
      referring.problem(
          "the message \"%s\" needs a name of at most %d characters"
              .formatted(reference, MAX_NAME));
      return null;
    }
    if (name.startsWith("=") || name.contains("${") || name.contains("#{")) {
      referring.problem("the name of a message is no expression: " + name);
      return null;
    }
    message.ignore("itemRef");
    String key = correlationKey(message);
    Expression expression = key == null ? null : message.compile(key, Expressions::value);
    message.close();
    return new EventDefinition.Message(name.strip(), expression);
  }

  private static @Nullable String correlationKey(Reading message) {
    String key = message.own("correlationKey");
    for (XmlElement subscription : message.extensions(List.of(ZEEBE), "subscription")) {
      key = key == null ? subscription.attribute("correlationKey") : key;
    }
    return key;
  }

  /** The error that an event refers to; one that catches may refer to none, and catches all. */
  EventDefinition.@Nullable ErrorCode error(Reading referring, boolean isThrown) {
    String reference = referring.reference("errorRef");
    if (reference == null && !isThrown) {
      return new EventDefinition.ErrorCode(null);
    }
    XmlElement element = find("error", reference);
    if (element == null) {
      referring.problem(missing("error", reference));
      return null;
    }
    String code = element.attribute("errorCode");
    if (code == null || code.isBlank() || code.length() > MAX_NAME) {
      referring.problem(
          "the error \"%s\" needs an errorCode of at most %d characters"
              .formatted(reference, MAX_NAME));
      return null;
    }
    return new EventDefinition.ErrorCode(code.strip());
  }

  private @Nullable XmlElement find(String kind, @Nullable String id) {
    XmlElement element = id == null ? null : byId.get(id);
    return element != null && element.kind().equals(kind) ? element : null;
  }

  private static String missing(String kind, @Nullable String reference) {
    return reference == null
        ? "it needs a reference to " + (kind.equals("error") ? "an error" : "a message")
        : "there is no " + kind + " \"" + reference + "\" in the document";
  }
}
