package org.millrace.observability;

/** Counts what happened in the last minute: one slot a second, used in a circle. */
final class LastMinute {

  static final int SECONDS = 60;

  private final long[] second = new long[SECONDS];
  private final long[] count = new long[SECONDS];

  /** One more, in this second. */
  void add(long now) {
    int slot = Math.floorMod(now, SECONDS);
    if (second[slot] != now) {
      second[slot] = now;
      count[slot] = 0;
    }
    count[slot]++;
  }

  long sum(long now) {
    long sum = 0;
    for (int slot = 0; slot < SECONDS; slot++) {
      if (now - second[slot] < SECONDS) {
        sum += count[slot];
      }
    }
    return sum;
  }
}
