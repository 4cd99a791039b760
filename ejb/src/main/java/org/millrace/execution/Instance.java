package org.millrace.execution;

import org.jspecify.annotations.Nullable;
import org.millrace.kernel.state.InstanceState;

/**
 * An instance as it is stored.
 *
 * @param step how many steps its history has; the next one gets this number
 * @param replies whether somebody waits for its end, see {@link ReplyStore}
 * @param caller who called it; null for one that was started from outside
 */
public record Instance(
    String id,
    String process,
    int version,
    long step,
    boolean replies,
    @Nullable Caller caller,
    InstanceState state) {

  Instance next(InstanceState after) {
    return new Instance(id, process, version, step + 1, replies, caller, after);
  }
}
