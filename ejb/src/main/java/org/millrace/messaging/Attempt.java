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

  private static final System.Logger LOG = System.getLogger(Attempt.class.getName());

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
      record(cause == null ? new IllegalStateException("the transaction was rolled back") : cause);
    }
  }

  /** The message comes again in any case; what matters here is that nothing stays unseen. */
  private void record(Throwable reason) {
    try {
      attempts.failed(work.id(), work.attempt(), reason);
    } catch (RuntimeException e) {
      e.addSuppressed(reason);
      LOG.log(
          System.Logger.Level.ERROR,
          "attempt %d at work %s failed and could not be put on record; it is made again"
              .formatted(work.attempt(), work.id()),
          e);
    }
  }
}
