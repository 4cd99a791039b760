package org.millrace.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.definition.expression.VariableReference;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Mapping;

/**
 * Reads BPMN's own data inputs and outputs of an activity, in its {@code ioSpecification}, or of an
 * event, which has them without. BPMN 2.0 section 10.4.2. The one thing that an event brings is its
 * data output, whatever the names are: in BPMN a payload is an item without one. An association
 * that a modeler draws between a data object and an activity that declares no data of its own says
 * nothing to an engine: there is no name for what it brings.
 */
final class DataReader {

  private static final Set<String> SETS = Set.of("inputSet", "outputSet");

  private final Reading reading;

  /** From the ids of the activity's data inputs and outputs to their names. */
  private final Map<String, String> own = new HashMap<>();

  private final RootElements roots;

  private DataReader(Reading reading, RootElements roots) {
    this.reading = reading;
    this.roots = roots;
  }

  /**
   * Reads them.
   *
   * @return what the one thing is called that an event brings; null where it goes by its name
   */
  static @Nullable String read(
      Reading reading, RootElements roots, List<Mapping> inputs, List<Mapping> outputs) {
    return new DataReader(reading, roots).read(inputs, outputs);
  }

  private @Nullable String read(List<Mapping> inputs, List<Mapping> outputs) {
    reading.children("property");
    for (XmlElement specification : reading.children("ioSpecification")) {
      specification.children().forEach(this::declare);
    }
    String item = null;
    if (ProcessReader.EVENTS.contains(reading.element().kind())) {
      reading.ignoreChildren(SETS);
      reading.children("dataInput").forEach(this::declare);
      reading.children("dataOutput").forEach(this::declare);
      List<XmlElement> brought = reading.children("dataOutput");
      item = brought.size() == 1 ? own.get(String.valueOf(brought.get(0).id())) : null;
    }
    for (XmlElement association : reading.children("dataInputAssociation")) {
      inputs.addAll(mappings(association, own.get(text(association, "targetRef"))));
    }
    for (XmlElement association : reading.children("dataOutputAssociation")) {
      if (own.containsKey(text(association, "sourceRef"))
          || !association.children("assignment").isEmpty()) {
        outputs.addAll(mappings(association, roots.variable(text(association, "targetRef"))));
      }
    }
    return outputs.isEmpty() ? null : item;
  }

  private void declare(XmlElement data) {
    String id = data.id();
    if (id != null && (data.kind().equals("dataInput") || data.kind().equals("dataOutput"))) {
      String name = data.attribute("name");
      own.put(id, name == null || name.isBlank() ? id : name.strip());
    }
  }

  /** Several assignments fill in one target; so do a source and its transformation. */
  private List<Mapping> mappings(XmlElement association, @Nullable String target) {
    Reading part = reading.part(association);
    List<Mapping> mappings = new ArrayList<>();
    for (XmlElement assignment : association.children("assignment")) {
      String to = text(assignment, "to");
      String named = own.containsKey(to) ? own.get(to) : target;
      add(mappings, named == null ? to : named, compile(part, assignment, "from"));
    }
    if (!mappings.isEmpty()) {
      return mappings;
    }
    String source = text(association, "sourceRef");
    if (!association.children("transformation").isEmpty()) {
      add(mappings, target, compile(part, association, "transformation"));
    } else if (!source.isEmpty()) {
      String name = own.get(source);
      add(mappings, target, new VariableReference(name == null ? roots.variable(source) : name));
    }
    return mappings;
  }

  private static void add(
      List<Mapping> mappings, @Nullable String target, @Nullable Expression source) {
    if (target != null && !target.isEmpty() && source != null) {
      mappings.add(new Mapping(target, source));
    }
  }

  private static @Nullable Expression compile(Reading part, XmlElement parent, String child) {
    List<XmlElement> expressions = parent.children(child);
    if (expressions.isEmpty() || expressions.get(0).text().isBlank()) {
      return null;
    }
    String language = expressions.get(0).attribute("language");
    return part.compile(
        expressions.get(0).text(),
        text -> language == null ? Expressions.value(text) : Expressions.condition(text, language));
  }

  private static String text(XmlElement element, String child) {
    List<XmlElement> found = element.children(child);
    String text = found.isEmpty() ? "" : found.get(0).text().strip();
    return text.substring(text.indexOf(':') + 1);
  }
}
