package org.millrace.definition;

import static org.millrace.definition.Namespaces.CLASSIC;
import static org.millrace.definition.Namespaces.MILLRACE;
import static org.millrace.definition.Namespaces.ZEEBE;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.graph.Mappings;

/** Reads how variables come into an activity and out of it, in the three ways of writing it. */
final class MappingReader {

  private final Reading reading;
  private final List<Mapping> inputs = new ArrayList<>();
  private final List<Mapping> outputs = new ArrayList<>();

  private MappingReader(Reading reading) {
    this.reading = reading;
  }

  static Mappings of(Reading activity) {
    MappingReader reader = new MappingReader(activity);
    reader.own();
    activity.extensions(List.of(ZEEBE), "ioMapping").forEach(reader::zeebe);
    activity.extensions(CLASSIC, "inputOutput").forEach(reader::classic);
    return reader.inputs.isEmpty() && reader.outputs.isEmpty()
        ? Mappings.NONE
        : new Mappings(List.copyOf(reader.inputs), List.copyOf(reader.outputs));
  }

  private void own() {
    for (XmlElement input : reading.extensions(List.of(MILLRACE), "input")) {
      add(inputs, input, input.attribute("target"), input.attribute("source"));
    }
    for (XmlElement output : reading.extensions(List.of(MILLRACE), "output")) {
      add(outputs, output, output.attribute("target"), output.attribute("source"));
    }
  }

  private void zeebe(XmlElement ioMapping) {
    for (XmlElement mapping : ioMapping.children()) {
      List<Mapping> side = mapping.kind().equals("input") ? inputs : outputs;
      add(side, mapping, mapping.attribute("target"), mapping.attribute("source"));
    }
  }

  private void classic(XmlElement inputOutput) {
    for (XmlElement parameter : inputOutput.children()) {
      List<Mapping> side = parameter.kind().equals("inputParameter") ? inputs : outputs;
      if (parameter.children().isEmpty()) {
        add(side, parameter, parameter.attribute("name"), parameter.text());
      } else {
        reading
            .part(parameter)
            .problem(
                "a %s is not supported; write an expression"
                    .formatted(parameter.children().get(0).kind()));
      }
    }
  }

  private void add(
      List<Mapping> side, XmlElement mapping, @Nullable String target, @Nullable String source) {
    Reading part = reading.part(mapping);
    if (target == null || target.isBlank() || source == null) {
      part.problem("a mapping needs a target and a source");
    } else if (target.contains(".")) {
      part.problem("the target \"" + target + "\" is no name of a variable");
    } else {
      Expression expression = part.compile(source, Expressions::value);
      if (expression != null) {
        side.add(new Mapping(target.strip(), expression));
      }
    }
  }
}
