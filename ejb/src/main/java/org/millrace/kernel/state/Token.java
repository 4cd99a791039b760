package org.millrace.kernel.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A position in the process: at one element, inside one scope. BPMN 2.0 section 7.1.1.
 *
 * @param flow the sequence flow that it came by, null where it was put here otherwise
 * @param since when it came
 */
public record Token(int id, int scope, String element, @Nullable String flow, Instant since) {}
