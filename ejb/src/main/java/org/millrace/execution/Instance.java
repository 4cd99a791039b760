package org.millrace.execution;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Decision.Accepted;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.InstanceState;

/**
 * An instance as it is stored.
 *
 * @param step how many steps its history has; the next one gets this number
 * @param replies whether somebody waits for its end, see {@link ReplyStore}
 * @param caller who called it; null for one that was started from outside
 * @param expiresAt when it may be deleted, see {@link Retention}; null as long as that is not known
 */
public record Instance(
    String id,
    String process,
    int version,
    long step,
    boolean replies,
    @Nullable Caller caller,
    @Nullable Instant expiresAt,
    InstanceState state) {

  /** One that is not to be deleted. */
  public Instance(
      String id,
      String process,
      int version,
      long step,
      boolean replies,
      @Nullable Caller caller,
      InstanceState state) {
    this(id, process, version, step, replies, caller, null, state);
  }

  /** The instance after a step, which may have taken it to another version. */
  Instance next(Accepted step) {
    int next =
        step.events().stream()
            .filter(Event.Migrated.class::isInstance)
            .map(event -> ((Event.Migrated) event).toVersion())
            .findFirst()
            .orElse(version);
    return new Instance(id, process, next, this.step + 1, replies, caller, step.state());
  }

  /** The same, with somebody who waits for its end. */
  public Instance expectingReplies() {
    return new Instance(id, process, version, step, true, caller, expiresAt, state);
  }

  Instance expiring(@Nullable Instant time) {
    return new Instance(id, process, version, step, replies, caller, time, state);
  }
}
