package org.millrace.definition;

import static org.millrace.definition.Namespaces.CLASSIC;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the variables that a process or sub-process begins with: the values that Flowable and
 * Activiti write at data objects, and the one that holds who started an instance, which nobody
 * tells an engine that is reached by messages.
 */
final class InitialValues {

  private static final Set<String> NUMBERS =
      Set.of("int", "integer", "long", "short", "double", "float", "decimal");

  /** Who started the instance, and other names in that engine which nobody has here. */
  private static final Set<String> NAMES_OF_VARIABLES =
      Set.of(
          "initiator",
          "taskIdVariableName",
          "taskCompleterVariableName",
          "processInstanceIdVariableName",
          "idVariableName");

  private InitialValues() {}

  static Map<String, @Nullable Object> of(Reading container) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (XmlElement element : container.element().children()) {
      element
          .attributes()
          .forEach(
              (attribute, variable) -> {
                if (CLASSIC.contains(attribute.getNamespaceURI())
                    && NAMES_OF_VARIABLES.contains(attribute.getLocalPart())) {
                  values.put(variable, null);
                }
              });
    }
    for (XmlElement data : container.element().children("dataObject")) {
      Reading reading = new Reading(data, container.problems());
      for (XmlElement value : reading.extensions(CLASSIC, "value")) {
        String name = data.attribute("name");
        String type = data.reference("itemSubjectRef");
        values.put(
            name == null ? String.valueOf(data.id()) : name, typed(reading, type, value.text()));
      }
    }
    return values;
  }

  private static @Nullable Object typed(Reading data, @Nullable String type, String text) {
    String value = text.strip();
    if (type == null || !(NUMBERS.contains(type) || type.equals("boolean"))) {
      return text;
    }
    if (type.equals("boolean")) {
      return Boolean.valueOf(value);
    }
    try {
      BigDecimal number = new BigDecimal(value);
      return number.scale() <= 0 ? (Object) number.longValueExact() : number;
    } catch (ArithmeticException | NumberFormatException e) {
      data.problem("\"" + value + "\" is no " + type);
      return null;
    }
  }
}
