package org.millrace.api.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that could not be carried out after all its attempts and waits for a person.
 *
 * @param stage the stage, where it is work; else null
 * @param message the last error, in one line
 * @param details the last error's stack trace, where there is one
 */
public record IncidentView(
    String id,
    String instanceId,
    String process,
    String activity,
    @Nullable String stage,
    String message,
    @Nullable String details,
    int attempts,
    Instant since) {}
