package org.millrace.api.operation;

import org.jspecify.annotations.Nullable;

/**
 * Which instances to list, newest first; null means any.
 *
 * @param state an instance state as the contract spells it: {@code running} …
 * @param activity only instances that are at this activity now
 * @param variable {@code name:value}; matches a top-level variable whose string, number or boolean
 *     is written so
 * @param from how many to pass over, from 0
 * @param size how many at most, 1 to {@link Page#MAX_SIZE}
 */
public record InstanceQuery(
    @Nullable String process,
    @Nullable String businessKey,
    @Nullable String state,
    @Nullable String activity,
    @Nullable String variable,
    int from,
    int size) {}
