package org.millrace.api.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that an instance waits for.
 *
 * @param kind {@code work}, {@code task}, {@code message}, {@code signal}, {@code timer} or {@code
 *     condition}
 * @param name the stage, message or signal; null for timers, tasks and conditions
 * @param due when a timer fires; null for all others
 * @param workId for work, the id that {@code millrace.outcome} takes; null for all others
 */
public record WaitView(
    String id,
    String instanceId,
    String activity,
    String kind,
    @Nullable String name,
    @Nullable Instant due,
    @Nullable String workId) {}
