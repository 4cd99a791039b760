package org.millrace.definition;

import static org.millrace.definition.Namespaces.CLASSIC;
import static org.millrace.definition.Namespaces.MILLRACE;
import static org.millrace.definition.Namespaces.ZEEBE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Constant;
import org.millrace.definition.expression.Expressions;
import org.millrace.definition.expression.MapExpression;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.graph.Mappings;

/** Reads how variables come into activities and events and out of them, in all ways of writing. */
final class MappingReader {

  /** What a worker finds that Camunda 8 gives its workers as the headers of a job. */
  private static final String HEADERS = "taskHeaders";

  /** What a worker finds that Camunda 7 and Flowable inject into fields of a delegate. */
  private static final String FIELDS = "fields";

  private final Reading reading;
  private final List<Mapping> inputs = new ArrayList<>();
  private final List<Mapping> outputs = new ArrayList<>();

  private MappingReader(Reading reading) {
    this.reading = reading;
  }

  static Mappings of(Reading activity, RootElements roots) {
    MappingReader reader = new MappingReader(activity);
    reader.own();
    activity.extensions(List.of(ZEEBE), "ioMapping").forEach(reader::zeebe);
    activity.extensions(List.of(ZEEBE), "taskHeaders").forEach(reader::headers);
    fields(activity, reader.ofWork("field")).ifPresent(reader.inputs::add);
    String item = DataReader.read(activity, roots, reader.inputs, reader.outputs);
    InitialValues.of(activity)
        .forEach((name, value) -> reader.inputs.add(new Mapping(name, new Constant(value))));
    boolean isSelective = !reader.outputs.isEmpty();
    activity.extensions(CLASSIC, "inputOutput").forEach(reader::classic);
    reader.ofWork("connector").forEach(reader::connector);
    return reader.inputs.isEmpty() && reader.outputs.isEmpty()
        ? Mappings.NONE
        : new Mappings(List.copyOf(reader.inputs), List.copyOf(reader.outputs), isSelective, item);
  }

  /** What is said of the work: for one that sends a message, some engines say it there. */
  private List<XmlElement> ofWork(String kind) {
    List<XmlElement> all = new ArrayList<>(reading.extensions(CLASSIC, kind));
    for (XmlElement message : reading.element().children("messageEventDefinition")) {
      all.addAll(new Reading(message, reading.problems()).extensions(CLASSIC, kind));
    }
    return all;
  }

  private void own() {
    for (XmlElement input : reading.extensions(List.of(MILLRACE), "input")) {
      add(inputs, input, input.attribute("target"), input.attribute("source"));
    }
    for (XmlElement output : reading.extensions(List.of(MILLRACE), "output")) {
      add(outputs, output, output.attribute("target"), output.attribute("source"));
    }
  }

  /** A target with dots is an entry of an object; the entries of one object come together. */
  private void zeebe(XmlElement ioMapping) {
    for (XmlElement mapping : ioMapping.children()) {
      boolean isInput = mapping.kind().equals("input");
      String target = mapping.attribute("target");
      int dot = target == null ? -1 : target.strip().indexOf('.');
      if (target == null || dot <= 0) {
        add(isInput ? inputs : outputs, mapping, target, mapping.attribute("source"));
      } else {
        nested(isInput, mapping, List.of(target.strip().split("\\.", -1)));
      }
    }
  }

  private void nested(boolean isInput, XmlElement mapping, List<String> path) {
    String text = mapping.attribute("source");
    Expression source =
        text == null ? null : reading.part(mapping).compile(text, Expressions::value);
    if (source == null || path.contains("")) {
      reading.part(mapping).problem("a mapping needs a target and a source");
      return;
    }
    List<Mapping> side = isInput ? inputs : outputs;
    String variable = path.get(0);
    Expression base = null;
    if (!isInput || side.stream().anyMatch(other -> other.target().equals(variable))) {
      base = reading.compile("= " + variable, Expressions::value);
    }
    for (int i = path.size() - 1; i > 0; i--) {
      Expression around =
          i == 1 || base == null
              ? base
              : reading.compile("= " + String.join(".", path.subList(0, i)), Expressions::value);
      source = new MapExpression(around, Map.of(path.get(i), source));
    }
    side.add(new Mapping(variable, source));
  }

  private void headers(XmlElement headers) {
    Map<String, Expression> entries = new LinkedHashMap<>();
    for (XmlElement header : headers.children()) {
      String key = header.attribute("key");
      if (key != null) {
        entries.put(key, new Constant(header.attribute("value")));
      }
    }
    if (!entries.isEmpty()) {
      inputs.add(new Mapping(HEADERS, new MapExpression(null, entries)));
    }
  }

  /** What that engine would inject into a delegate; nothing where it would inject nothing. */
  static Optional<Mapping> fields(Reading reading, List<XmlElement> fields) {
    Map<String, Expression> entries = new LinkedHashMap<>();
    for (XmlElement field : fields) {
      Reading part = reading.part(field);
      String text = field.attribute("stringValue");
      text = text == null ? field.attribute("expression") : text;
      Expression value =
          text == null
              ? new ParameterReader(part).content(field)
              : part.compile(text, Expressions::value);
      if (value != null) {
        entries.put(String.valueOf(field.attribute("name")), value);
      }
    }
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(new Mapping(FIELDS, new MapExpression(null, entries)));
  }

  /** What a connector is given and gives is what its work is given and gives. */
  private void connector(XmlElement connector) {
    connector.children().stream()
        .filter(child -> child.kind().equals("inputOutput"))
        .forEach(this::classic);
  }

  private void classic(XmlElement inputOutput) {
    for (XmlElement parameter : inputOutput.children()) {
      List<Mapping> side = parameter.kind().equals("inputParameter") ? inputs : outputs;
      Reading part = reading.part(parameter);
      add(side, part, parameter.attribute("name"), new ParameterReader(part).content(parameter));
    }
  }

  private void add(
      List<Mapping> side, XmlElement mapping, @Nullable String target, @Nullable String source) {
    Reading part = reading.part(mapping);
    if (source == null) {
      part.problem("a mapping needs a target and a source");
    } else {
      add(side, part, target, part.compile(source, Expressions::value));
    }
  }

  private static void add(
      List<Mapping> side, Reading part, @Nullable String target, @Nullable Expression source) {
    if (target == null || target.isBlank()) {
      part.problem("a mapping needs a target and a source");
    } else if (target.contains(".")) {
      part.problem("the target \"" + target + "\" is no name of a variable");
    } else if (source != null) {
      side.add(new Mapping(target.strip(), source));
    }
  }
}
