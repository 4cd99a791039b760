package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * How long an instance of the chain takes from the moment when somebody wants it started, where
 * twenty are wanted each second: nothing waits in line.
 */
record Latency() implements Workload {

  private static final int PER_SECOND = 20;
  private static final int SECONDS = Integer.getInteger("bench.latency.seconds", 60);
  private static final int INTERVAL_MILLIS = 1000 / PER_SECOND;

  @Override
  public String measure(Contest contest) throws IOException, SQLException, InterruptedException {
    StringBuilder lines =
        new StringBuilder(
            """

            | latency | p50 ms | p99 ms | worst ms |
            | --- | --- | --- | --- |
            """);
    for (Contender contender : contest.contenders()) {
      measure(contest, contender, "calm0"); // Warms up.
      Contender.Latencies measured = measure(contest, contender, "calm1");
      lines.append(
          "| %s | **%.0f** | **%.0f** | %.0f |%n"
              .formatted(contender.name(), measured.p50(), measured.p99(), measured.worst()));
    }
    return lines.toString();
  }

  private static Contender.Latencies measure(Contest contest, Contender contender, String key)
      throws IOException, SQLException, InterruptedException {
    int number = PER_SECOND * SECONDS;
    long first = System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(1);
    contender.beginPaced(Race.CHAIN, key, number, first, INTERVAL_MILLIS);
    contest.awaitEnd(contender, Race.CHAIN, key, number);
    Contender.Latencies measured = contender.latencies(key, first, INTERVAL_MILLIS);
    System.out.printf("%-10s %-10s %s%n", contender.name(), key, measured);
    return measured;
  }
}
