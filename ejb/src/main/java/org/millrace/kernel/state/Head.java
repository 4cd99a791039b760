package org.millrace.kernel.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What there is once in an instance, and seldom changes. */
record Head(
    Status status,
    @Nullable String businessKey,
    int priority,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String reason) {

  static final Head NONE = new Head(Status.RUNNING, null, 0, null, null, null);

  Head started(@Nullable String key, int givenPriority, Instant at) {
    return new Head(status, key, givenPriority, at, endedAt, reason);
  }

  Head with(Status next) {
    return new Head(next, businessKey, priority, startedAt, endedAt, reason);
  }

  Head ended(Status how, @Nullable String why, Instant at) {
    return new Head(how, businessKey, priority, startedAt, at, why);
  }
}
