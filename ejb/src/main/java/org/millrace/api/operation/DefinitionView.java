package org.millrace.api.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a deployed process (or, later, decision).
 *
 * @param kind {@code process} or {@code decision}
 * @param id the id in the document
 * @param name its human name, where it has one
 */
public record DefinitionView(
    String kind, String id, int version, @Nullable String name, Instant deployedAt) {}
