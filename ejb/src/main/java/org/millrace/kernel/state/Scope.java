package org.millrace.kernel.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of something that lasts: the process itself, an activity, an event that is waited for. It
 * owns waits, variables of its own and, for sub-processes, tokens and further scopes.
 *
 * @param parent the scope around it, {@link #NONE} for the root
 * @param token the token that rests on its element while it lasts, {@link #NONE} for the root
 * @param compensations what completed directly in it and can be compensated, oldest first
 */
public record Scope(
    int id,
    int parent,
    int token,
    String element,
    Map<String, Object> variables,
    List<Compensation> compensations) {

  /** The scope of the process itself. */
  public static final int ROOT = 0;

  public static final int NONE = -1;

  Scope withVariables(Map<String, Object> more) {
    Map<String, Object> merged = new LinkedHashMap<>(variables);
    merged.putAll(more);
    return new Scope(id, parent, token, element, merged, compensations);
  }

  Scope with(Compensation compensation) {
    List<Compensation> more = new ArrayList<>(compensations);
    more.add(compensation);
    return new Scope(id, parent, token, element, variables, more);
  }

  Scope without(List<Integer> ids) {
    List<Compensation> left = new ArrayList<>(compensations);
    left.removeIf(compensation -> ids.contains(compensation.id()));
    return new Scope(id, parent, token, element, variables, left);
  }
}
