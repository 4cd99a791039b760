package org.millrace.kernel.graph;

import org.jspecify.annotations.Nullable;

/**
 * A sequence flow.
 *
 * @param condition null where it is taken always
 */
public record Flow(String id, String source, String target, @Nullable Expression condition) {}
