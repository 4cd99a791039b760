package org.millrace.kernel.state;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A position in the process: at one element, inside one scope. BPMN 2.0 section 7.1.1.
 *
 * @param flow the sequence flow that it came by, null where it was put here otherwise
 * @param since when it came
 * @param run which run it is of an activity that is done more than once, from 1; 0 for all others
 * @param own what the scope that it will open has for variables; that takes them over
 */
public record Token(
    int id,
    int scope,
    String element,
    @Nullable String flow,
    Instant since,
    int run,
    Map<String, Object> own) {

  public Token(int id, int scope, String element, @Nullable String flow, Instant since) {
    this(id, scope, element, flow, since, 0, Map.of());
  }

  Token withoutOwn() {
    return own.isEmpty() ? this : new Token(id, scope, element, flow, since, run, Map.of());
  }

  Token renamed(Renaming names) {
    String by = flow == null ? null : names.flows().getOrDefault(flow, flow);
    return new Token(id, scope, names.of(element), by, since, run, own);
  }
}
