package org.millrace.api.operation;

import org.jspecify.annotations.Nullable;

/** What waits for an operator. */
public interface Incidents {

  /**
   * The open ones, oldest first; null means any. Role: viewer.
   *
   * @param from how many to pass over, from 0
   * @param size how many at most, 1 to {@link Page#MAX_SIZE}
   * @throws Refusal INVALID if the part is none
   */
  Page<IncidentView> find(@Nullable String process, @Nullable String stage, int from, int size);

  /**
   * Tries again, with all attempts of the policy anew. A transaction of its own. Role: operator.
   *
   * @throws Refusal NOT_FOUND, or CONFLICT if it is resolved
   */
  void retry(String id);

  /**
   * Retries all that match now; returns how many. Each is a transaction of its own. Role: operator.
   */
  int retryAll(@Nullable String process, @Nullable String stage);
}
