package org.millrace.api.operation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line in the list of instances.
 *
 * @param state {@code running}, {@code suspended}, {@code completed}, {@code failed}, {@code
 *     terminated} or {@code cancelled}
 * @param activities the ids of the elements it is at now
 * @param incidents how many incidents stand on it
 */
public record InstanceSummary(
    String id,
    String process,
    int version,
    @Nullable String businessKey,
    String state,
    Instant startedAt,
    @Nullable Instant endedAt,
    List<String> activities,
    int incidents) {}
