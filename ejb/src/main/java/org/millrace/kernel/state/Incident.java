package org.millrace.kernel.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * @param lost for one on a call: what the called instance has escalated and was not heard, for a
 *     retry to tell
 */
public record Incident(
    int id,
    int token,
    int waitId,
    boolean leaving,
    String message,
    @Nullable String details,
    int attempts,
    Instant since,
    List<Escalation> lost) {

  public Incident(
      int id,
      int token,
      int waitId,
      boolean leaving,
      String message,
      @Nullable String details,
      int attempts,
      Instant since) {
    this(id, token, waitId, leaving, message, details, attempts, since, List.of());
  }

  /** The same under another id, with one more that is lost. */
  public Incident with(int anotherId, Escalation escalation) {
    List<Escalation> all = new ArrayList<>(lost);
    all.add(escalation);
    return new Incident(
        anotherId, token, waitId, leaving, message, details, attempts, since, List.copyOf(all));
  }
}
