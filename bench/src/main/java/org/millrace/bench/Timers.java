package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Very many timers that are due within a minute, evenly: how late is the last one? Of Millrace
 * alone.
 */
record Timers() implements Workload {

  private static final int NUMBER = Integer.getInteger("bench.timers", 100_000);
  private static final Duration SPAN =
      Duration.ofSeconds(Integer.getInteger("bench.timers.seconds", 60));

  @Override
  public String measure(Contest contest) throws IOException, SQLException, InterruptedException {
    Millrace millrace = contest.millrace();
    set(contest, millrace, "warm", Math.min(NUMBER, 2_000), Instant.now().plusSeconds(10));
    // So long it takes to set them all: the first one is due when the last one is set.
    Instant began = Instant.now();
    set(contest, millrace, "probe", Math.min(NUMBER, 5_000), Instant.now().plusSeconds(20));
    Duration each =
        Duration.between(began, millrace.lastStart("probe")).dividedBy(Math.min(NUMBER, 5_000));
    Instant first = Instant.now().plus(each.multipliedBy(NUMBER).multipliedBy(2)).plusSeconds(10);
    set(contest, millrace, "timer", NUMBER, first);
    Contender.Latencies late = millrace.lateness("timer");
    return """

        | timer | timers | all set before the first was due | p50 ms late | p99 ms late | the last ms late |
        | --- | --- | --- | --- | --- | --- |
        | Millrace | %,d within %d s | %s | %.0f | %.0f | **%.0f** |
        """
        .formatted(
            NUMBER,
            SPAN.toSeconds(),
            millrace.lastStart("timer").isBefore(first) ? "yes" : "no",
            late.p50(),
            late.p99(),
            late.worst());
  }

  private static void set(Contest contest, Millrace millrace, String key, int number, Instant first)
      throws IOException, SQLException, InterruptedException {
    millrace.beginTimers(key, number, first.toEpochMilli(), SPAN.toMillis());
    contest.awaitEnd(millrace, Race.TIMER, key, number);
  }
}
