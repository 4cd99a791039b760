package org.millrace.definition;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where an event is, which decides what it can be about. BPMN 2.0 table 10.93. */
enum Place {
  PROCESS_START,
  SUB_PROCESS_START,
  EVENT_SUB_PROCESS_START,
  CATCH,
  BOUNDARY,
  THROW,
  END;

  private static final Set<Place> ANYWHERE = EnumSet.complementOf(EnumSet.of(SUB_PROCESS_START));
  private static final Set<Place> WAITING =
      EnumSet.of(PROCESS_START, EVENT_SUB_PROCESS_START, CATCH, BOUNDARY);

  private static final Set<Place> HANDING_OVER =
      EnumSet.of(EVENT_SUB_PROCESS_START, BOUNDARY, THROW, END);

  private static final Map<String, Set<Place>> ALLOWED =
      Map.ofEntries(
          Map.entry("messageEventDefinition", ANYWHERE),
          Map.entry("signalEventDefinition", ANYWHERE),
          Map.entry("timerEventDefinition", WAITING),
          Map.entry("conditionalEventDefinition", WAITING),
          Map.entry("errorEventDefinition", EnumSet.of(EVENT_SUB_PROCESS_START, BOUNDARY, END)),
          Map.entry("escalationEventDefinition", HANDING_OVER),
          Map.entry("compensateEventDefinition", HANDING_OVER),
          Map.entry("cancelEventDefinition", EnumSet.of(BOUNDARY, END)),
          Map.entry("linkEventDefinition", EnumSet.of(CATCH, THROW)),
          Map.entry("terminateEventDefinition", EnumSet.of(END)),
          // Flowable's own.
          Map.entry(
              "variableListenerEventDefinition",
              EnumSet.of(EVENT_SUB_PROCESS_START, CATCH, BOUNDARY)));

  /** Whether an event here can have a definition of this kind. */
  boolean allows(String definition) {
    return ALLOWED.getOrDefault(definition, Set.of()).contains(this);
  }

  boolean catches() {
    return this != THROW && this != END;
  }

  /** Whether an event here must have a definition. */
  boolean waits() {
    return this == EVENT_SUB_PROCESS_START || this == CATCH || this == BOUNDARY;
  }
}
