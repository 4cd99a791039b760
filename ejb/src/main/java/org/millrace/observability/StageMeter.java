package org.millrace.observability;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counts and times one stage's work. Safe for use by many threads. */
public class StageMeter {

  private static final System.Logger LOG = System.getLogger(StageMeter.class.getName());
  private static final int SAMPLES = 1024;

  /** So many failures in a minute, and this share of all attempts, are a warning. */
  private static final int MANY = 5;

  private static final int ONE_IN = 10;

  private final LongAdder completed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder stale = new LongAdder();

  private final String stage;
  private final LongSupplier nanoTime;
  private final LastMinute done = new LastMinute();
  private final LastMinute failures = new LastMinute();
  private long warnedAt;
  private boolean warned;

  // The durations of the newest work, used in a circle.
  private final long[] nanos = new long[SAMPLES];
  private int samples;

  /**
   * Begins at zero.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  public StageMeter(String stage, LongSupplier nanoTime) {
    this.stage = stage;
    this.nanoTime = nanoTime;
  }

  /** Work was done here. */
  public synchronized void completed(long durationNanos) {
    completed();
    nanos[samples++ % SAMPLES] = durationNanos;
    if (samples == 2 * SAMPLES) {
      samples = SAMPLES;
    }
  }

  /** Work was done elsewhere: nobody knows how long it took. */
  public synchronized void completed() {
    completed.increment();
    done.add(now());
  }

  /** An attempt failed. The log warns, once a minute at most, where it is one of many. */
  public synchronized void failed() {
    failed.increment();
    long now = now();
    failures.add(now);
    if (isRetrying() && (!warned || now - warnedAt >= LastMinute.SECONDS)) {
      warned = true;
      warnedAt = now;
      LOG.log(
          System.Logger.Level.WARNING,
          "stage {0} is retrying much: in the last minute {1} attempts failed, and {2} succeeded",
          stage,
          failures.sum(now),
          done.sum(now));
    }
  }

  /** Whether much has failed in the last minute. */
  public synchronized boolean isRetrying() {
    long now = now();
    long bad = failures.sum(now);
    return bad >= MANY && bad * ONE_IN >= bad + done.sum(now);
  }

  /** A duplicate was dropped. */
  public void stale() {
    stale.increment();
  }

  public long completedCount() {
    return completed.sum();
  }

  public long failedCount() {
    return failed.sum();
  }

  public long staleCount() {
    return stale.sum();
  }

  /** Done per second, over the last minute. */
  public synchronized double perSecond() {
    return (double) done.sum(now()) / LastMinute.SECONDS;
  }

  /**
   * How long the given share of the recent work took at most, in milliseconds; 0 if there is none.
   *
   * @param share 0 to 1
   */
  public double percentileMillis(double share) {
    long[] recent;
    synchronized (this) {
      recent = Arrays.copyOf(nanos, Math.min(samples, SAMPLES));
    }
    if (recent.length == 0) {
      return 0;
    }
    Arrays.sort(recent);
    int rank = (int) Math.ceil(share * recent.length) - 1;
    return recent[Math.max(0, rank)] / 1e6;
  }

  private long now() {
    return Duration.ofNanos(nanoTime.getAsLong()).toSeconds();
  }
}
