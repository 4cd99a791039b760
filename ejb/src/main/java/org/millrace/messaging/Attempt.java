package org.millrace.messaging;

import jakarta.transaction.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.observability.StageMeter;

/**
 * What one transaction attempts: one piece of work, or a group. The transaction tells how it ended;
 * however it came to be rolled back (the author's exception, a commit that failed, a timeout), the
 * attempt goes on record after it: only then are the instances' locks free.
 *
 * <p>A group that is rolled back is no attempt of anybody's: it may have failed by being one (two
 * groups that lock rows of the author's in two orders, for example). Each of its messages comes
 * again, alone, and shows then what it is worth.
 */
final class Attempt implements AfterCompletion {

  private static final System.Logger LOG = System.getLogger(Attempt.class.getName());

  private record Begun(WorkMessage work, long nanos) {}

  private final List<Begun> begun = new ArrayList<>();
  private final Attempts attempts;
  private final StageMeter meter;
  private int taken;
  private @Nullable Throwable cause;
  private boolean stale;

  Attempt(Attempts attempts, StageMeter meter) {
    this.attempts = attempts;
    this.meter = meter;
  }

  /** Messages were taken that may be work: if there are several, they are a group. */
  void take(int messages) {
    taken += messages;
  }

  /** Work is begun. */
  void begin(WorkMessage work) {
    begun.add(new Begun(work, System.nanoTime()));
  }

  /** Whether all of it was begun within this time. */
  boolean isYoungerThan(Duration age) {
    return System.nanoTime() - begun.get(0).nanos() < age.toNanos();
  }

  /** Something failed, and all is to be rolled back. */
  void failed(Throwable reason) {
    cause = reason;
  }

  /** Somebody else has done some of it meanwhile: what is rolled back is no attempt. */
  void stale(Throwable reason) {
    cause = reason;
    stale = true;
  }

  @Override
  public void afterCompletion(int status) {
    if (status == Status.STATUS_COMMITTED) {
      long now = System.nanoTime();
      begun.forEach(each -> meter.completed(now - each.nanos()));
    } else if (taken > 1) {
      LOG.log(
          System.Logger.Level.INFO,
          "a group of {0} was rolled back, and each comes again alone: {1}",
          taken,
          cause == null ? "status " + status : cause);
    } else if (stale) {
      meter.stale();
    } else if (status == Status.STATUS_ROLLEDBACK && begun.size() == 1) {
      meter.failed();
      record(
          begun.get(0).work(),
          cause == null ? new IllegalStateException("the transaction was rolled back") : cause);
    }
  }

  /** The message comes again in any case; what matters here is that nothing stays unseen. */
  private void record(WorkMessage work, Throwable reason) {
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
