package org.millrace.definition;

import static org.millrace.definition.Namespaces.CLASSIC;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.graph.Besides;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Listener;
import org.millrace.kernel.graph.Mapping;

/**
 * Reads what Camunda 7, Operaton, Flowable and Activiti do besides at an element, a flow or the
 * process: skip it, and call listeners. See {@link ListenerReader} for what these do.
 */
final class BesidesReader {

  private static final Pattern SETTER =
      Pattern.compile(
          "[$#]\\{\\s*+(?:execution|task|task\\.execution)\\.setVariable\\("
              + "\\s*+['\"]([^'\"]++)['\"]\\s*+,(.*)\\)\\s*+}",
          Pattern.DOTALL);

  private final Reading reading;
  private final List<Listener> begins = new ArrayList<>();
  private final List<Listener> ends = new ArrayList<>();
  private final List<Listener> completes = new ArrayList<>();
  private final List<Listener> assigned = new ArrayList<>();
  private final List<Listener> taken = new ArrayList<>();
  private final List<Listener.Told> cancelled = new ArrayList<>();

  private BesidesReader(Reading reading) {
    this.reading = reading;
    listeners("executionListener");
    listeners("taskListener");
  }

  static Besides of(Reading reading) {
    BesidesReader reader = new BesidesReader(reading);
    List<Listener> ends = new ArrayList<>(reader.completes);
    if (reading.element().kind().equals("startEvent")) {
      // No token comes to it by a flow; what begins the process has happened already.
      ends.addAll(reader.begins);
      reader.begins.clear();
    }
    ends.addAll(reader.ends);
    Expression skip = reader.skip();
    return skip == null && reader.begins.isEmpty() && ends.isEmpty() && reader.assigned.isEmpty()
        ? Besides.NOTHING
        : new Besides(
            skip,
            List.copyOf(reader.begins),
            List.copyOf(ends),
            List.copyOf(reader.assigned),
            List.copyOf(reader.cancelled));
  }

  /** What happens besides when a sequence flow is taken. */
  static List<Listener> ofFlow(Reading flow) {
    return List.copyOf(new BesidesReader(flow).taken);
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

  private @Nullable Expression skip() {
    if (!ProcessReader.ACTIVITIES.contains(reading.element().kind())) {
      return null;
    }
    String text = reading.classic("skipExpression");
    return text == null ? null : reading.compile(text, Expressions::value);
  }

  private void listeners(String kind) {
    for (XmlElement extensions : reading.element().children("extensionElements")) {
      for (XmlElement extension : extensions.children()) {
        if (extension.kind().equals(kind) && CLASSIC.contains(extension.name().getNamespaceURI())) {
          listener(extension, new ListenerReader(reading.part(extension)));
        }
      }
    }
  }

  /** One that cannot be read is left, and so refused. */
  private void listener(XmlElement element, ListenerReader reader) {
    boolean isFlow = reading.element().kind().equals("sequenceFlow");
    String event = element.attribute("event");
    List<String> words = event == null && isFlow ? List.of("take") : words(element.kind(), event);
    if (!words.isEmpty() && isFlow == words.contains("take") && reader.isReadable()) {
      reading.leave(element);
      words.forEach(word -> add(word, reader.read(word)));
    }
  }

  /** What it listens to, in that engine's words; nothing where that is not understood. */
  private static List<String> words(String kind, @Nullable String event) {
    if (event == null) {
      return List.of();
    } else if (kind.equals("executionListener")) {
      return List.of("start", "end", "take").contains(event) ? List.of(event) : List.of();
    }
    List<String> all = List.of("create", "assignment", "complete", "delete");
    return event.equals("all") ? all : all.contains(event) ? List.of(event) : List.of();
  }

  private void add(String word, @Nullable Listener listener) {
    if (listener == null) {
      return;
    }
    switch (word) {
      case "start", "create" -> begins.add(listener);
      case "end" -> ends.add(listener);
      case "complete" -> completes.add(listener);
      case "assignment" -> assigned.add(listener);
      case "take" -> taken.add(listener);
      default -> {}
    }
    if (listener instanceof Listener.Told told && (word.equals("end") || word.equals("delete"))) {
      cancelled.add(told);
    }
  }
}
