package org.millrace.api.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for an operator. */
public interface Incidents {

  /** The open ones, oldest first; null means any. Role: viewer. */
  List<IncidentView> find(@Nullable String process, @Nullable String stage);

  /**
   * Tries again, with all attempts of the policy anew. A transaction of its own. Role: operator.
   *
   * @throws Refusal NOT_FOUND, or CONFLICT if it is resolved
   */
  void retry(String id);

  /** Retries all that match; returns how many. Each is a transaction of its own. Role: operator. */
  int retryAll(@Nullable String process, @Nullable String stage);
}
