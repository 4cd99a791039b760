package org.millrace.observability;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** Counts and times one stage's work. Safe for use by many threads. */
public class StageMeter {

  private static final int WINDOW_SECONDS = 60;
  private static final int SAMPLES = 1024;

  private final LongAdder completed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder stale = new LongAdder();

  // The last work done: one slot a second, and the durations of the newest, both used in a circle.
  private final long[] second = new long[WINDOW_SECONDS];
  private final long[] doneIn = new long[WINDOW_SECONDS];
  private final long[] nanos = new long[SAMPLES];
  private int samples;

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
    long now = now();
    int slot = Math.floorMod(now, WINDOW_SECONDS);
    if (second[slot] != now) {
      second[slot] = now;
      doneIn[slot] = 0;
    }
    doneIn[slot]++;
  }

  /** An attempt failed. */
  public void failed() {
    failed.increment();
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
    long now = now();
    long done = 0;
    for (int slot = 0; slot < WINDOW_SECONDS; slot++) {
      if (now - second[slot] < WINDOW_SECONDS) {
        done += doneIn[slot];
      }
    }
    return (double) done / WINDOW_SECONDS;
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

  private static long now() {
    return System.nanoTime() / 1_000_000_000L;
  }
}
