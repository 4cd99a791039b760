package org.millrace.messaging;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import org.jspecify.annotations.Nullable;
import org.millrace.observability.StageMeter;

/**
 * One attempt at work, told by the transaction how it ended. However it came to be rolled back (the
 * author's exception, a commit that failed, a timeout), the attempt goes on record after it: only
 * then is the instance's lock free.
 */
final class Attempt implements Synchronization {

  private final WorkMessage work;
  private final Attempts attempts;
  private final StageMeter meter;
  private final long began = System.nanoTime();
  private @Nullable Throwable cause;
  private boolean stale;

  Attempt(WorkMessage work, Attempts attempts, StageMeter meter) {
    this.work = work;
    this.attempts = attempts;
    this.meter = meter;
  }

  void failed(Throwable reason) {
    cause = reason;
  }

  /** Somebody else has done it meanwhile: what is rolled back is no attempt. */
  void stale() {
    stale = true;
  }

  @Override
  public void beforeCompletion() {
    // Nothing is left to be done then.
  }

  @Override
  public void afterCompletion(int status) {
    if (status == Status.STATUS_COMMITTED) {
      meter.completed(System.nanoTime() - began);
    } else if (stale) {
      meter.stale();
    } else if (status == Status.STATUS_ROLLEDBACK) {
      meter.failed();
      attempts.failed(
          work.id(),
          work.attempt(),
          cause == null ? new IllegalStateException("the transaction was rolled back") : cause);
    }
  }
}
