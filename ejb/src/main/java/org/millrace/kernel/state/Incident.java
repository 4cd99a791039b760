package org.millrace.kernel.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for an operator, on a wait or on a token.
 *
 * @param token the token that stands still; {@link Scope#NONE} where a wait of the process itself
 *     could not be answered: the timer of an event sub-process
 * @param waitId the wait that could not be answered, or {@link Scope#NONE}
 * @param leaving for one on a token: whether it could not go on from its element (true) or not
 *     begin it (false)
 * @param details the stack trace, where there is one
 */
public record Incident(
    int id,
    int token,
    int waitId,
    boolean leaving,
    String message,
    @Nullable String details,
    int attempts,
    Instant since) {}
