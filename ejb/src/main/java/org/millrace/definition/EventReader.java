package org.millrace.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.VariableReference;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.CatchEvent;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.MultipleDefinition;
import org.millrace.kernel.element.SignalDefinition;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.ThrowEvent;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;

/**
 * Reads events.
 *
 * @param compensations from the id of a compensation boundary event to that of its handler
 */
record EventReader(RootElements roots, Map<String, String> compensations) {

  @Nullable Element start(Reading event, Node node, Place place) {
    boolean interrupting = event.flag("isInterrupting", true);
    event.classic("initiator"); // See InitialValues.
    boolean parallel = event.flag("parallelMultiple", false);
    EventDefinition definition = definition(event, place, interrupting, parallel);
    Mappings mappings = MappingReader.of(event, roots);
    return definition == null ? null : new StartEvent(node, interrupting, definition, mappings);
  }

  @Nullable Element catching(Reading event, Node node) {
    boolean parallel = event.flag("parallelMultiple", false);
    EventDefinition definition = definition(event, Place.CATCH, true, parallel);
    Mappings mappings = MappingReader.of(event, roots);
    return definition == null ? null : new CatchEvent(node, definition, mappings);
  }

  @Nullable Element throwing(Reading event, Node node, Place place) {
    EventDefinition definition = definition(event, place, true, false);
    Mappings mappings = MappingReader.of(event, roots);
    if (definition == null) {
      return null;
    }
    // Of Camunda 7 and its kin it is the definition that says what goes along.
    boolean goAlong = event.extensions(Namespaces.CLASSIC, "inputOutput").isEmpty();
    return new ThrowEvent(
        node, goAlong ? bringing(definition, mappings.inputs()) : definition, mappings);
  }

  /** With what the event itself begins with, for those whom a signal reaches. */
  private static EventDefinition bringing(EventDefinition definition, List<Mapping> inputs) {
    if (definition instanceof SignalDefinition signal) {
      List<Mapping> payload = new ArrayList<>(signal.payload());
      for (Mapping input : inputs) {
        payload.add(new Mapping(input.target(), new VariableReference(input.target())));
      }
      return new SignalDefinition(
          signal.name(), signal.all(), List.copyOf(payload), signal.local());
    }
    return definition instanceof MultipleDefinition several
        ? new MultipleDefinition(
            several.parts().stream().map(part -> bringing(part, inputs)).toList(),
            several.parallel())
        : definition;
  }

  @Nullable Element boundary(Reading event, Node node) {
    boolean parallel = event.flag("parallelMultiple", false);
    boolean interrupting = event.flag("cancelActivity", true);
    EventDefinition definition = definition(event, Place.BOUNDARY, interrupting, parallel);
    Mappings mappings = MappingReader.of(event, roots);
    String attachedTo = event.reference("attachedToRef");
    if (attachedTo == null) {
      event.problem("it needs an attachedToRef, the id of an activity");
    }
    return definition == null || attachedTo == null
        ? null
        : new BoundaryEvent(node, attachedTo, interrupting, definition, mappings);
  }

  private @Nullable EventDefinition definition(
      Reading event, Place place, boolean interrupting, boolean parallel) {
    List<XmlElement> found = roots.eventDefinitions(event);
    if (found.isEmpty()) {
      if (place.waits()) {
        event.problem("it needs an event definition: a message or a timer, for example");
        return null;
      }
      return new EventDefinition.None();
    }
    EventDefinitionReader reader =
        new EventDefinitionReader(event, place, interrupting, roots, compensations);
    List<EventDefinition> definitions = new ArrayList<>();
    for (XmlElement each : found) {
      EventDefinition definition = reader.read(each);
      if (definition != null) {
        definitions.add(definition);
      }
    }
    if (definitions.size() < found.size()) {
      return null;
    }
    return definitions.size() == 1
        ? definitions.get(0)
        : several(event, place, definitions, parallel);
  }

  private static EventDefinition several(
      Reading event, Place place, List<EventDefinition> definitions, boolean parallel) {
    for (EventDefinition definition : definitions) {
      if (definition instanceof EventDefinition.Link
          || definition instanceof EventDefinition.Cancel
          || definition instanceof EventDefinition.CompensationBoundary
          || definition instanceof EventDefinition.CompensationStart) {
        event.problem(
            "a link, a cancel or a compensation is the only thing that an event can be about");
      } else if (parallel
          && (definition instanceof EventDefinition.ErrorCode
              || definition instanceof EventDefinition.EscalationCode)) {
        event.problem("errors and escalations are not waited for, so not together with others");
      }
    }
    if (parallel
        && place == Place.PROCESS_START
        && !definitions.stream().allMatch(EventDefinition.Message.class::isInstance)) {
      event.problem(
          "a process that begins when several things have happened begins with messages alone:"
              + " nothing else tells which of them belong together");
    }
    if (definitions.stream().filter(EventReader::holds).count() > 1) {
      event.problem("of a message, an error, compensation and a terminate it can throw but one");
    }
    return new MultipleDefinition(List.copyOf(definitions), parallel);
  }

  /** Whether the token that throws it stays, or ends with it. */
  private static boolean holds(EventDefinition definition) {
    return definition instanceof EventDefinition.SendMessage
        || definition instanceof EventDefinition.ErrorThrow
        || definition instanceof EventDefinition.CompensationThrow
        || definition instanceof EventDefinition.Terminate;
  }
}
