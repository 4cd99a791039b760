package org.millrace.api.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deployed decisions. */
public interface Decisions {

  /**
   * Evaluates a decision alone; nothing of it is kept. Role: operator.
   *
   * @param version null for the newest
   * @param variables what it is evaluated with, JSON-like values by name
   * @throws Refusal NOT_FOUND if it is not deployed, INVALID if it cannot be evaluated with these
   *     variables
   */
  DecisionResult evaluate(String id, @Nullable Integer version, Map<String, Object> variables);
}
