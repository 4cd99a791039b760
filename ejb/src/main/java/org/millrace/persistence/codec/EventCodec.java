package org.millrace.persistence.codec;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.millrace.json.Json;
import org.millrace.kernel.event.Event;

/**
 * The events of one step: {@code [1, ["token-moved", 3, "ship-order", "f4"], ...]}, first the
 * version of the format, then each event as its word and its {@link Records components}.
 */
public final class EventCodec {

  private static final long VERSION = 1;

  /** What each kind is called in the history, for ever. */
  private static final Map<String, Class<? extends Event>> KINDS =
      Map.ofEntries(
          entry("started", Event.Started.class),
          entry("token", Event.TokenCreated.class),
          entry("token-moved", Event.TokenMoved.class),
          entry("token-consumed", Event.TokenConsumed.class),
          entry("token-cancelled", Event.TokenCancelled.class),
          entry("scope", Event.ScopeOpened.class),
          entry("loop", Event.LoopBegun.class),
          entry("run-completed", Event.RunCompleted.class),
          entry("scope-closed", Event.ScopeClosed.class),
          entry("wait", Event.WaitOpened.class),
          entry("wait-closed", Event.WaitClosed.class),
          entry("task-claimed", Event.TaskClaimed.class),
          entry("attempt-failed", Event.AttemptFailed.class),
          entry("attempt-ordered", Event.AttemptOrdered.class),
          entry("incident", Event.IncidentRaised.class),
          entry("incident-resolved", Event.IncidentResolved.class),
          entry("variables", Event.VariablesSet.class),
          entry("compensation", Event.CompensationKept.class),
          entry("compensation-taken", Event.CompensationTaken.class),
          entry("suspended", Event.Suspended.class),
          entry("resumed", Event.Resumed.class),
          entry("migrated", Event.Migrated.class),
          entry("ended", Event.Ended.class),
          entry("decision", Event.DecisionEvaluated.class));

  private static final Map<Class<? extends Event>, String> WORDS =
      KINDS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private EventCodec() {}

  public static String write(List<Event> events) {
    List<Object> document = new ArrayList<>(events.size() + 1);
    document.add(VERSION);
    events.forEach(event -> document.add(written(event)));
    return Json.write(document);
  }

  public static List<Event> read(String events) {
    if (!(Json.readStored(events) instanceof List<?> document)
        || document.isEmpty()
        || !document.get(0).equals(VERSION)) {
      throw new IllegalStateException("not a step of this version of the engine: " + events);
    }
    return document.stream().skip(1).map(event -> event((List<?>) event)).toList();
  }

  private static List<@Nullable Object> written(Event event) {
    String word = WORDS.get(event.getClass());
    if (word == null) {
      throw new IllegalStateException("the history has no word for " + event.getClass());
    }
    List<@Nullable Object> values = Records.write((Record) event);
    values.add(0, word);
    return values;
  }

  private static Event event(List<?> values) {
    Class<? extends Event> kind = KINDS.get((String) values.get(0));
    if (kind == null) {
      throw new IllegalStateException("the history knows no event " + values.get(0));
    }
    return Records.read(kind, values.subList(1, values.size()));
  }
}
