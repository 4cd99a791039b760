package org.millrace.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.SignalDefinition;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Loop;

/**
 * Reads what the runs of a multi-instance activity throw when they complete. BPMN 2.0 section
 * 10.3.8. Without a reference the standard has a signal without a name thrown: nobody can catch it.
 */
record BehaviorReader(Reading loop, RootElements roots) {

  List<Loop.Thrown> thrown() {
    String behavior = loop.attribute("behavior");
    String none = loop.reference("noneBehaviorEventRef");
    String one = loop.reference("oneBehaviorEventRef");
    List<XmlElement> complex = loop.children("complexBehaviorDefinition");
    List<Loop.Thrown> thrown = new ArrayList<>();
    switch (behavior == null ? "All" : behavior.strip()) {
      case "All" -> {
        // Nothing is thrown.
      }
      case "None" -> add(thrown, false, null, none);
      case "One" -> add(thrown, true, null, one);
      case "Complex" -> complex.forEach(definition -> add(thrown, definition));
      default -> loop.problem("behavior=\"%s\" is none of BPMN's".formatted(behavior));
    }
    return List.copyOf(thrown);
  }

  private void add(
      List<Loop.Thrown> thrown,
      boolean onlyFirst,
      @Nullable Expression condition,
      @Nullable String reference) {
    XmlElement definition = reference == null ? null : roots.eventDefinition(loop, reference);
    if (definition != null) {
      add(thrown, onlyFirst, condition, loop, definition);
    }
  }

  private void add(List<Loop.Thrown> thrown, XmlElement complex) {
    Reading part = loop.part(complex);
    XmlElement condition = part.child("condition");
    XmlElement event = part.child("event");
    if (condition == null || event == null) {
      part.problem("it needs a condition and an event");
      return;
    }
    String language = condition.attribute("language");
    Expression holds =
        part.compile(condition.text(), text -> Expressions.condition(text, language));
    Reading implicit = part.part(event);
    for (XmlElement definition : roots.eventDefinitions(implicit)) {
      add(thrown, false, holds, implicit, definition);
    }
    implicit.close();
    part.close();
  }

  private void add(
      List<Loop.Thrown> thrown,
      boolean onlyFirst,
      @Nullable Expression condition,
      Reading event,
      XmlElement definition) {
    EventDefinition read =
        new EventDefinitionReader(event, Place.THROW, true, roots, Map.of()).read(definition);
    if (read instanceof SignalDefinition || read instanceof EventDefinition.EscalationThrow) {
      thrown.add(new Loop.Thrown(onlyFirst, condition, read));
    } else if (read != null) {
      event.problem("a run that completes throws a signal or an escalation");
    }
  }
}
