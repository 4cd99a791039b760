package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long an instance of the chain takes from the moment when somebody wants it started, where
 * twenty are wanted each second: nothing waits in line. And what it takes of the processors, since
 * much of the one is the other.
 */
record Latency() implements Workload {

  private static final int PER_SECOND = 20;
  private static final int SECONDS = Integer.getInteger("bench.latency.seconds", 60);
  private static final int INTERVAL_MILLIS = 1000 / PER_SECOND;

  /**
   * What came out.
   *
   * @param engine milliseconds of processor time for each instance, in the contender's JVM
   * @param database the same in PostgreSQL
   */
  private record Calm(Contender.Latencies latencies, double engine, double database) {}

  @Override
  public String measure(Contest contest) throws IOException, SQLException, InterruptedException {
    StringBuilder lines =
        new StringBuilder(
            """

            | latency | p50 ms | p99 ms | worst ms | processor ms an instance, JVM + PostgreSQL |
            | --- | --- | --- | --- | --- |
            """);
    for (Contender contender : contest.contenders()) {
      contest.warmUp(contender, Race.CHAIN, "busy");
      measure(contest, contender, "calm0"); // Warms up what work alone does otherwise.
      Calm calm = measure(contest, contender, "calm1");
      lines.append(
          "| %s | **%.0f** | **%.0f** | %.0f | %.1f + %.1f |%n"
              .formatted(
                  contender.name(),
                  calm.latencies().p50(),
                  calm.latencies().p99(),
                  calm.latencies().worst(),
                  calm.engine(),
                  calm.database()));
    }
    return lines.toString();
  }

  private static Calm measure(Contest contest, Contender contender, String key)
      throws IOException, SQLException, InterruptedException {
    int number = PER_SECOND * SECONDS;
    Duration engine = contender.cpu();
    Duration database = contest.postgres().cpu();
    long first = System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(1);
    contender.beginPaced(Race.CHAIN, key, number, first, INTERVAL_MILLIS);
    contest.awaitEnd(contender, Race.CHAIN, key, number);
    Calm calm =
        new Calm(
            contender.latencies(key, first, INTERVAL_MILLIS),
            (double) contender.cpu().minus(engine).toMillis() / number,
            (double) contest.postgres().cpu().minus(database).toMillis() / number);
    System.out.printf("%-10s %-10s %s%n", contender.name(), key, calm);
    return calm;
  }
}
