package org.millrace.execution;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Requests that were accepted before. Idempotent receiver: Hohpe and Woolf, p. 528. */
public interface RequestStore {

  /**
   * Claims a request id. Of several that do so at once, one is the first; the others wait for its
   * transaction.
   *
   * @param queue {@code start} or {@code event}
   * @param subject the process or message
   * @param result what to remember with it
   * @return null for the first; else what the first had remembered
   */
  @Nullable String claim(
      String queue, String subject, String requestId, String result, Instant now);

  /** Replaces what is remembered with a request id that the caller has just claimed. */
  void remember(String queue, String subject, String requestId, String result);

  /** Forgets a request id that the caller has just claimed: it is not accepted after all. */
  void forget(String queue, String subject, String requestId);

  /** Forgets what was claimed before this time, in small batches; returns how many. */
  int forgetBefore(Instant time, int atMost);
}
