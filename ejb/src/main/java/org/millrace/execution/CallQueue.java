package org.millrace.execution;

import org.millrace.kernel.effect.Effect;

/**
 * Carries word from one instance to another, in the transaction that is under way: none is changed
 * together with its caller.
 */
public interface CallQueue {

  /** Has an instance started for a caller. */
  void start(Instance caller, Effect.StartCalled call);

  /** Tells the caller that the instance has ended, and how. */
  void ended(Instance called, Caller caller);

  /** Tells the caller of an escalation; before the end, if that follows. */
  void escalated(Instance called, Caller caller, Effect.EscalateToCaller escalation);

  /** Has an instance cancelled, if it was ever started. */
  void cancel(String instanceId);
}
