package org.millrace.kernel.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.event.Event;

/** What there is once in an instance, and seldom changes. */
record Head(
    Status status,
    @Nullable String businessKey,
    int priority,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String reason,
    @Nullable String message) {

  static final Head NONE = new Head(Status.RUNNING, null, 0, null, null, null, null);

  Head started(@Nullable String key, int givenPriority, Instant at) {
    return new Head(status, key, givenPriority, at, endedAt, reason, message);
  }

  Head with(Status next) {
    return new Head(next, businessKey, priority, startedAt, endedAt, reason, message);
  }

  Head ended(Event.Ended how, Instant at) {
    return new Head(
        how.status(), businessKey, priority, startedAt, at, how.reason(), how.message());
  }
}
