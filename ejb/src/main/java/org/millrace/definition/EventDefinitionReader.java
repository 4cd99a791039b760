package org.millrace.definition;

import static org.millrace.definition.Namespaces.CLASSIC;
import static org.millrace.definition.Namespaces.ZEEBE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Constant;
import org.millrace.definition.expression.Expressions;
import org.millrace.definition.expression.VariableReference;
import org.millrace.kernel.element.ConditionDefinition;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.EventDefinition.Terminate.Extent;
import org.millrace.kernel.element.SignalDefinition;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Mapping;

/**
 * Reads the definitions of an event.
 *
 * @param compensations from the id of a compensation boundary event to that of its handler
 */
record EventDefinitionReader(
    Reading event,
    Place place,
    boolean interrupting,
    RootElements roots,
    Map<String, String> compensations) {

  /** Null, with a problem, if it cannot be read or has no place here. */
  @Nullable EventDefinition read(XmlElement element) {
    Reading definition = event.part(element);
    if (!place.allows(element.kind())) {
      event.problem(element.kind() + " is not supported here");
      // It is refused as a whole: what is in it does not matter.
      element.attributes().keySet().forEach(name -> definition.ignore(name.getLocalPart()));
      element.children().forEach(definition::leave);
      return null;
    }
    EventDefinition result =
        switch (element.kind()) {
          case "messageEventDefinition" -> message(definition);
          case "signalEventDefinition" -> signal(definition);
          case "timerEventDefinition" ->
              TimerReader.read(event, definition, roots.dialect().isDrools());
          case "conditionalEventDefinition" -> condition(definition);
          case "errorEventDefinition" -> error(definition);
          case "escalationEventDefinition" -> escalation(definition);
          case "compensateEventDefinition" -> compensation(definition);
          case "linkEventDefinition" -> link(definition);
          case "variableListenerEventDefinition" -> variableListener(definition);
          case "cancelEventDefinition" -> cancel();
          default -> terminate(definition);
        };
    definition.close();
    return result;
  }

  private @Nullable EventDefinition message(Reading definition) {
    if (place.catches()) {
      return roots.message(definition);
    }
    if (definition.element().attribute("messageRef") != null) {
      roots.message(definition);
    }
    definition.extensions(CLASSIC, "field"); // See MappingReader.
    return new EventDefinition.SendMessage(WorkReader.of(event, definition));
  }

  private @Nullable EventDefinition signal(Reading definition) {
    Expression name = roots.signal(definition);
    boolean all = false;
    List<Mapping> payload = new ArrayList<>();
    if (!place.catches()) {
      definition.classic("async"); // Whom it is for has it in a transaction of its own anyway.
      for (XmlElement in : definition.extensions(CLASSIC, "in")) {
        Reading part = definition.part(in);
        if (in.attribute("variables") != null) {
          part.fixed("variables", "all");
          all = true;
        } else if (in.attribute("businessKey") == null) {
          add(payload, part);
        }
        part.close();
      }
    }
    return name == null
        ? null
        : new SignalDefinition(name, all, List.copyOf(payload), roots.isLocal(definition));
  }

  private static void add(List<Mapping> payload, Reading in) {
    String target = in.attribute("target");
    String source = in.attribute("source");
    String expression = in.attribute("sourceExpression");
    if (target == null || (source == null && expression == null)) {
      in.problem("it needs a source and a target, or variables=\"all\"");
      return;
    }
    Expression value =
        source != null
            ? new VariableReference(source.strip())
            : in.compile(String.valueOf(expression), Expressions::value);
    if (value != null) {
      payload.add(new Mapping(target.strip(), value));
    }
  }

  private static @Nullable EventDefinition condition(Reading definition) {
    XmlElement element = definition.child("condition");
    if (element == null) {
      definition.problem("it needs a condition");
      return null;
    }
    Set<String> variables = words(definition.classic("variableName"));
    Set<String> events = words(definition.classic("variableEvents"));
    for (XmlElement filter : definition.extensions(List.of(ZEEBE), "conditionalFilter")) {
      variables.addAll(words(filter.attribute("variableNames")));
      events.addAll(words(filter.attribute("variableEvents")));
    }
    Reading condition = definition.part(element);
    condition.ignore("evaluatesToTypeRef");
    String language = condition.attribute("language");
    Expression expression =
        condition.compile(element.text(), text -> Expressions.condition(text, language));
    condition.close();
    return expression == null ? null : new ConditionDefinition(expression, variables, events);
  }

  /** Flowable's: a condition that a variable is set, and that holds whatever to. */
  private static @Nullable EventDefinition variableListener(Reading definition) {
    String name = definition.attribute("variableName");
    String prefixed = definition.classic("variableName");
    String change = definition.attribute("variableChangeType");
    String prefixedChange = definition.classic("variableChangeType");
    Set<String> variables = words(name == null ? prefixed : name);
    String type = change == null ? prefixedChange : change;
    Set<String> events = words(type == null ? "all" : type.replace('-', ','));
    if (variables.isEmpty()) {
      definition.problem("it needs a variableName");
      return null;
    }
    if (!Set.of("all", "create", "update").containsAll(events)) {
      definition.problem(
          "variableChangeType=\"%s\" is not supported: variables are created and updated"
              .formatted(type));
      return null;
    }
    return new ConditionDefinition(
        new Constant(true), variables, events.contains("all") ? Set.of() : events, false);
  }

  private static Set<String> words(@Nullable String text) {
    Set<String> words = new TreeSet<>();
    for (String word : text == null ? new String[0] : text.split(",", -1)) {
      if (!word.isBlank()) {
        words.add(word.strip());
      }
    }
    return words;
  }

  private @Nullable EventDefinition error(Reading definition) {
    if (place == Place.END) {
      return new Codes(roots).errorThrown(definition);
    }
    if (!interrupting) {
      event.problem("an error always interrupts");
    }
    return new Codes(roots).error(definition);
  }

  private @Nullable EventDefinition escalation(Reading definition) {
    Codes codes = new Codes(roots);
    return place.catches() ? codes.escalation(definition) : codes.escalationThrown(definition);
  }

  private @Nullable EventDefinition compensation(Reading definition) {
    if (place == Place.BOUNDARY) {
      definition.ignore("waitForCompletion");
      String handler = compensations.get(String.valueOf(event.element().id()));
      if (handler == null) {
        event.problem("an association must lead from it to the activity that compensates");
        return null;
      }
      return new EventDefinition.CompensationBoundary(handler);
    } else if (place == Place.EVENT_SUB_PROCESS_START) {
      definition.ignore("waitForCompletion", "activityRef");
      return new EventDefinition.CompensationStart();
    }
    return new EventDefinition.CompensationThrow(
        definition.reference("activityRef"), definition.flag("waitForCompletion", true));
  }

  private static EventDefinition terminate(Reading definition) {
    boolean all = "true".equals(definition.classic("terminateAll"));
    boolean runs = "true".equals(definition.classic("terminateMultiInstance"));
    return new EventDefinition.Terminate(all ? Extent.INSTANCE : runs ? Extent.RUNS : Extent.SCOPE);
  }

  private EventDefinition cancel() {
    if (!interrupting) {
      event.problem("a cancel event always interrupts");
    }
    return new EventDefinition.Cancel();
  }

  /** Where it leads to says {@link FlowReader}. */
  private static @Nullable EventDefinition link(Reading definition) {
    definition.children("source");
    definition.children("target");
    String name = definition.attribute("name");
    if (name == null || name.isBlank()) {
      definition.problem("a link needs a name");
      return null;
    }
    return new EventDefinition.Link(name.strip());
  }
}
