package org.millrace.kernel.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of something that lasts: the process itself, an activity, an event that is waited for. It
 * owns waits, variables of its own and, for sub-processes, tokens and further scopes.
 *
 * @param parent the scope around it, {@link #NONE} for the root
 * @param token the token that rests on its element while it lasts, {@link #NONE} for the root
 * @param compensations what completed directly in it and can be compensated, oldest first
 * @param runs for the scope around all runs of an activity that is done more than once, how far
 *     they are; null for all others
 */
public record Scope(
    int id,
    int parent,
    int token,
    String element,
    Map<String, Object> variables,
    List<Compensation> compensations,
    @Nullable Runs runs) {

  /** The scope of the process itself. */
  public static final int ROOT = 0;

  public static final int NONE = -1;

  public Scope(
      int id,
      int parent,
      int token,
      String element,
      Map<String, Object> variables,
      List<Compensation> compensations) {
    this(id, parent, token, element, variables, compensations, null);
  }

  /** What expressions find in it: its variables and, around runs, how far they are. */
  Map<String, Object> visible() {
    if (runs == null) {
      return variables;
    }
    Map<String, Object> visible = new LinkedHashMap<>(variables);
    visible.putAll(runs.variables());
    return visible;
  }

  Scope withVariables(Map<String, Object> more) {
    Map<String, Object> merged = new LinkedHashMap<>(variables);
    merged.putAll(more);
    return new Scope(id, parent, token, element, merged, compensations, runs);
  }

  Scope with(Compensation compensation) {
    List<Compensation> more = Chunks.append(compensations, compensation);
    return new Scope(id, parent, token, element, variables, more, runs);
  }

  Scope without(List<Integer> ids) {
    Set<Integer> gone = new HashSet<>(ids);
    List<Compensation> left = new ArrayList<>(compensations);
    left.removeIf(compensation -> gone.contains(compensation.id()));
    return new Scope(id, parent, token, element, variables, left, runs);
  }

  Scope with(Runs further) {
    return new Scope(id, parent, token, element, variables, compensations, further);
  }

  Scope renamed(Renaming names) {
    return new Scope(
        id,
        parent,
        token,
        names.of(element),
        variables,
        compensations.stream().map(one -> one.renamed(names)).toList(),
        runs);
  }
}
