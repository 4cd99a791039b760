package org.millrace.persistence.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.json.Json;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.InstanceState.Parts;
import org.millrace.kernel.state.Scope;

/**
 * The state of an instance as two texts: its own variables, one on each line so that they can be
 * searched, and the snapshot, which has all the rest: an object with the version of the format and
 * what of the {@link Parts} is not empty, in them {@link Records} as arrays.
 */
public final class StateCodec {

  private static final long VERSION = 1;

  /** What the parts are called in the snapshot, in the order in which {@link Parts} has them. */
  private static final List<String> NAMES =
      List.of(
          "status",
          "key",
          "priority",
          "started",
          "ended",
          "reason",
          "next",
          "tokens",
          "scopes",
          "waits",
          "incidents",
          "message");

  private StateCodec() {}

  public static String variables(InstanceState state) {
    return Json.writeVariables(state.variables());
  }

  public static String snapshot(InstanceState state) {
    List<@Nullable Object> values = Records.write(withRoot(state.parts(), Map.of()));
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("v", VERSION);
    for (int i = 0; i < values.size(); i++) {
      if (!Records.leftOut(values.get(i))) {
        document.put(NAMES.get(i), values.get(i));
      }
    }
    return Json.write(document);
  }

  public static InstanceState read(String id, String snapshot, String variables) {
    if (!(Json.readStored(snapshot) instanceof Map<?, ?> document)
        || !Long.valueOf(VERSION).equals(document.get("v"))) {
      throw new IllegalStateException(
          "the state of instance " + id + " was not written by this version of the engine");
    }
    List<@Nullable Object> values = new ArrayList<>();
    NAMES.forEach(name -> values.add(document.get(name)));
    Parts parts = Records.read(Parts.class, values);
    return InstanceState.of(id, withRoot(parts, Json.readObject(variables)));
  }

  private static Parts withRoot(Parts parts, Map<String, Object> variables) {
    List<Scope> scopes = new ArrayList<>();
    for (Scope scope : parts.scopes()) {
      scopes.add(
          scope.id() != Scope.ROOT
              ? scope
              : new Scope(
                  scope.id(),
                  scope.parent(),
                  scope.token(),
                  scope.element(),
                  variables,
                  scope.compensations(),
                  scope.runs()));
    }
    return new Parts(
        parts.status(),
        parts.businessKey(),
        parts.priority(),
        parts.startedAt(),
        parts.endedAt(),
        parts.reason(),
        parts.nextId(),
        parts.tokens(),
        scopes,
        parts.waits(),
        parts.incidents(),
        parts.message());
  }
}
