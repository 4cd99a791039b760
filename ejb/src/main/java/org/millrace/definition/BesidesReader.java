package org.millrace.definition;

import static org.millrace.definition.Namespaces.CLASSIC;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.graph.Besides;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Mapping;

/**
 * Reads what Camunda 7, Operaton, Flowable and Activiti do besides at an element: skip it, and call
 * listeners. A listener that sets a variable by an expression is executed; one that only looks at
 * variables does nothing; any other is code of that engine, and refused.
 */
final class BesidesReader {

  private static final Pattern SETTER =
      Pattern.compile(
          "[$#]\\{\\s*+(?:execution|task|task\\.execution)\\.setVariable\\("
              + "\\s*+['\"]([^'\"]++)['\"]\\s*+,(.*)\\)\\s*+}",
          Pattern.DOTALL);

  private static final Set<String> START = Set.of("start", "create");
  private static final Set<String> END = Set.of("end", "complete");

  private final Reading reading;
  private final List<Mapping> start = new ArrayList<>();
  private final List<Mapping> end = new ArrayList<>();
  private final List<Mapping> take = new ArrayList<>();

  private BesidesReader(Reading reading) {
    this.reading = reading;
    listeners("executionListener");
    listeners("taskListener");
  }

  static Besides of(Reading reading) {
    BesidesReader reader = new BesidesReader(reading);
    Expression skip = null;
    if (ProcessReader.ACTIVITIES.contains(reading.element().kind())) {
      String text = reading.classic("skipExpression");
      skip = text == null ? null : reading.compile(text, Expressions::value);
    }
    if (reading.element().kind().equals("startEvent")) {
      // No token comes to it by a flow; what begins the process has happened already.
      reader.end.addAll(0, reader.start);
      reader.start.clear();
    }
    return skip == null && reader.start.isEmpty() && reader.end.isEmpty()
        ? Besides.NOTHING
        : new Besides(skip, List.copyOf(reader.start), List.copyOf(reader.end));
  }

  /** What a sequence flow sets when it is taken. */
  static List<Mapping> sets(Reading flow) {
    return List.copyOf(new BesidesReader(flow).take);
  }

  /** Whether an expression is one that sets a variable. */
  static boolean isSetter(String text) {
    return SETTER.matcher(text.strip()).matches();
  }

  /** Such an expression as a mapping; null, with a problem, if its value is no expression. */
  static @Nullable Mapping setter(Reading reading, String text) {
    Matcher setter = SETTER.matcher(text.strip());
    if (!setter.matches()) {
      return null;
    }
    Expression value = reading.compile("${" + setter.group(2) + "}", Expressions::value);
    return value == null ? null : new Mapping(setter.group(1), value);
  }

  private void listeners(String kind) {
    for (XmlElement listener :
        reading.element().children("extensionElements").stream()
            .flatMap(extensions -> extensions.children().stream())
            .filter(extension -> extension.kind().equals(kind))
            .filter(extension -> CLASSIC.contains(extension.name().getNamespaceURI()))
            .toList()) {
      String text = expression(listener);
      List<Mapping> when = when(listener);
      if (text != null && when != null && (isSetter(text) || BeanCall.parse(text) == null)) {
        reading.leave(listener);
        add(when, text);
      }
    }
  }

  private void add(List<Mapping> when, String text) {
    if (isSetter(text)) {
      Mapping set = setter(reading, text);
      if (set != null) {
        when.add(set);
      }
    } else {
      reading.compile(text, Expressions::value); // It sets nothing; but it has to be one.
    }
  }

  private @Nullable List<Mapping> when(XmlElement listener) {
    String event = listener.attribute("event");
    if (reading.element().kind().equals("sequenceFlow")) {
      return event == null || event.equals("take") ? take : null;
    } else if (event == null) {
      return null;
    }
    return START.contains(event) ? start : END.contains(event) ? end : null;
  }

  /** In an attribute, or as a script in the Expression Language. */
  private static @Nullable String expression(XmlElement listener) {
    String text = listener.attribute("expression");
    for (XmlElement child : listener.children()) {
      String language = child.attribute("scriptFormat");
      if (child.kind().equals("script")
          && child.attribute("resource") == null
          && ("juel".equals(language) || "el".equals(language))) {
        text = child.text();
      }
    }
    return text == null || !text.strip().matches("(?s)[$#]\\{.*") ? null : text;
  }
}
