package org.millrace.definition;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.definition.expression.Literal;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.CatchEvent;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.ThrowEvent;
import org.millrace.kernel.element.TimerDefinition;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Node;

/**
 * Reads events.
 *
 * @param compensations from the id of a compensation boundary event to that of its handler
 */
record EventReader(RootElements roots, Map<String, String> compensations) {

  /** Where an event is, which decides what it can be about. */
  enum Place {
    PROCESS_START,
    SUB_PROCESS_START,
    EVENT_SUB_PROCESS_START,
    CATCH,
    BOUNDARY,
    THROW,
    END;

    boolean catches() {
      return this != THROW && this != END;
    }

    boolean waits() {
      return this == EVENT_SUB_PROCESS_START || this == CATCH || this == BOUNDARY;
    }
  }

  @Nullable Element start(Reading event, Node node, Place place) {
    boolean interrupting = event.flag("isInterrupting", true);
    event.fixed("parallelMultiple", "false");
    EventDefinition definition = definition(event, place, interrupting);
    return definition == null ? null : new StartEvent(node, interrupting, definition);
  }

  @Nullable Element catching(Reading event, Node node) {
    event.fixed("parallelMultiple", "false");
    EventDefinition definition = definition(event, Place.CATCH, true);
    return definition == null ? null : new CatchEvent(node, definition);
  }

  @Nullable Element throwing(Reading event, Node node, Place place) {
    EventDefinition definition = definition(event, place, true);
    return definition == null ? null : new ThrowEvent(node, definition);
  }

  @Nullable Element boundary(Reading event, Node node) {
    event.fixed("parallelMultiple", "false");
    boolean interrupting = event.flag("cancelActivity", true);
    EventDefinition definition = definition(event, Place.BOUNDARY, interrupting);
    String attachedTo = event.reference("attachedToRef");
    if (attachedTo == null) {
      event.problem("it needs an attachedToRef, the id of an activity");
    }
    return definition == null || attachedTo == null
        ? null
        : new BoundaryEvent(node, attachedTo, interrupting, definition);
  }

  private @Nullable EventDefinition definition(Reading event, Place place, boolean interrupting) {
    List<XmlElement> definitions =
        event.element().children().stream()
            .filter(XmlElement::isBpmn)
            .filter(child -> child.kind().endsWith("EventDefinition"))
            .toList();
    if (definitions.isEmpty()) {
      if (place.waits()) {
        event.problem("it needs an event definition: a message or a timer, for example");
        return null;
      }
      return new EventDefinition.None();
    }
    definitions.forEach(event::leave);
    if (definitions.size() > 1) {
      event.problem("an event with several definitions is not supported yet");
      return null;
    }
    Reading definition = event.part(definitions.get(0));
    EventDefinition result = definition(event, definition, place, interrupting);
    definition.close();
    return result;
  }

  private @Nullable EventDefinition definition(
      Reading event, Reading definition, Place place, boolean interrupting) {
    String kind = definition.element().kind();
    boolean isStart = place == Place.PROCESS_START;
    if (kind.equals("messageEventDefinition") && (place.waits() || isStart)) {
      return roots.message(definition);
    }
    if (kind.equals("messageEventDefinition") && !place.catches()) {
      if (definition.element().attribute("messageRef") != null) {
        roots.message(definition);
      }
      return new EventDefinition.SendMessage(WorkReader.of(event, definition));
    }
    if (kind.equals("timerEventDefinition") && place.waits()) {
      return timer(definition, interrupting);
    }
    if (kind.equals("errorEventDefinition")
        && (place == Place.EVENT_SUB_PROCESS_START || place == Place.BOUNDARY)) {
      if (!interrupting) {
        event.problem("an error always interrupts");
      }
      return roots.error(definition, false);
    }
    if (kind.equals("errorEventDefinition") && place == Place.END) {
      return roots.error(definition, true);
    }
    if (kind.equals("compensateEventDefinition") && place == Place.BOUNDARY) {
      return compensationBoundary(event, definition);
    }
    if (kind.equals("compensateEventDefinition") && !place.catches()) {
      return new EventDefinition.CompensationThrow(
          definition.reference("activityRef"), definition.flag("waitForCompletion", true));
    }
    if (kind.equals("cancelEventDefinition") && (place == Place.END || place == Place.BOUNDARY)) {
      if (!interrupting) {
        event.problem("a cancel event always interrupts");
      }
      return new EventDefinition.Cancel();
    }
    if (kind.equals("terminateEventDefinition") && place == Place.END) {
      return new EventDefinition.Terminate();
    }
    event.problem(kind + " is not supported here yet");
    // It is refused as a whole: what is in it does not matter.
    definition
        .element()
        .attributes()
        .keySet()
        .forEach(name -> definition.ignore(name.getLocalPart()));
    definition.element().children().forEach(definition::leave);
    return null;
  }

  private @Nullable EventDefinition compensationBoundary(Reading event, Reading definition) {
    definition.ignore("waitForCompletion");
    String handler = compensations.get(String.valueOf(event.element().id()));
    if (handler == null) {
      event.problem("an association must lead from it to the activity that compensates");
      return null;
    }
    return new EventDefinition.CompensationBoundary(handler);
  }

  private static @Nullable EventDefinition timer(Reading definition, boolean interrupting) {
    XmlElement date = definition.child("timeDate");
    XmlElement duration = definition.child("timeDuration");
    XmlElement cycle = definition.child("timeCycle");
    if (date != null && duration == null && cycle == null) {
      return timer(definition, TimerDefinition.Type.DATE, date);
    }
    if (date == null && duration != null && cycle == null) {
      return timer(definition, TimerDefinition.Type.DURATION, duration);
    }
    if (date == null && duration == null && cycle != null) {
      if (interrupting) {
        definition.problem("a timeCycle is only for an event that interrupts nothing");
      }
      return timer(definition, TimerDefinition.Type.CYCLE, cycle);
    }
    definition.problem("a timer needs one of timeDate, timeDuration and timeCycle");
    return null;
  }

  private static @Nullable EventDefinition timer(
      Reading definition, TimerDefinition.Type type, XmlElement time) {
    Expression expression = expression(definition.part(time));
    if (expression == null) {
      return null;
    }
    TimerDefinition timer = new TimerDefinition(type, expression);
    if (expression instanceof Literal literal) {
      try {
        timer.schedule(literal.source(), Instant.EPOCH);
      } catch (EvaluationException | DateTimeException | NumberFormatException e) {
        definition.problem(String.valueOf(e.getMessage()));
      }
    }
    return timer;
  }

  /** A formal expression; what it evaluates to is for the engine to check, not for its type. */
  private static @Nullable Expression expression(Reading time) {
    String language = time.attribute("language");
    time.ignore("evaluatesToTypeRef");
    Expression expression =
        time.compile(
            time.element().text(),
            text ->
                language == null ? Expressions.value(text) : Expressions.condition(text, language));
    time.close();
    return expression;
  }
}
