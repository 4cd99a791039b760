package org.millrace.kernel.element;

import java.util.List;

/**
 * Several definitions of one event. BPMN 2.0 section 10.5.5. One that catches has come with the
 * first of them, or, where it is parallel, with all of them; one that throws throws them all.
 */
public record MultipleDefinition(List<EventDefinition> parts, boolean parallel)
    implements EventDefinition {

  @Override
  public boolean catchesAll() {
    return parts.stream().anyMatch(EventDefinition::catchesAll);
  }
}
