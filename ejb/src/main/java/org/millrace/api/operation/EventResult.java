package org.millrace.api.operation;

import org.jspecify.annotations.Nullable;

/**
 * What became of an event.
 *
 * @param state {@code delivered} to a waiting instance, {@code started} one, {@code kept} for its
 *     time to live, or {@code unmatched}: nobody waited and it was not to be kept
 * @param instanceId whom it reached, if anyone
 */
public record EventResult(String state, @Nullable String instanceId) {}
