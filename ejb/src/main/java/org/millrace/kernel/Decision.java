package org.millrace.kernel;

import java.time.Instant;
import java.util.List;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.InstanceState;

/** What the kernel answers to a command. */
public sealed interface Decision {

  /**
   * The command is carried out.
   *
   * @param events what happened, in order; applied to the state before they give {@code state}
   * @param effects what is to be done outside, in order
   * @param at the time of all of it
   */
  record Accepted(List<Event> events, List<Effect> effects, InstanceState state, Instant at)
      implements Decision {}

  /** Nothing happened, for a reason that a person can act on. */
  record Rejected(Kind kind, String reason) implements Decision {}

  /** Why a command is not carried out. */
  enum Kind {
    /** What it answers is answered, or gone: a duplicate, or too late. Harmless. */
    STALE,
    /**
     * What it answers is not there yet: the state read is older than the message. Try again soon.
     */
    TOO_EARLY,
    /** It does not fit what it is for. */
    INVALID,
    /** An expression on the way could not be evaluated. */
    FAILED
  }
}
