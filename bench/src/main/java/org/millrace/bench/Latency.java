package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * How long an instance of the chain takes from the moment when somebody wants it started, where
 * twenty are wanted each second: nothing waits in line. And what it takes of the processors, since
 * much of the one is the other.
 */
record Latency() implements Workload {

  private static final int PER_SECOND = 20;
  private static final int SECONDS = Integer.getInteger("bench.latency.seconds", 30);

  /** At this pace, after the warm-up of all: it warms up what work alone does otherwise. */
  private static final int WARM_UP = Integer.getInteger("bench.latency.warmup.seconds", 60);

  /** At the beginning of each turn, for whom the others' turns have made cold. */
  private static final int LEAD = 5;

  private static final int INTERVAL_MILLIS = 1000 / PER_SECOND;

  private static final String HEAD =
      """

      | latency | p50 ms | p99 ms | worst ms | Millrace's p50 of it | Millrace's p99 of it | processor ms an instance, JVM + PostgreSQL |
      | --- | --- | --- | --- | --- | --- | --- |
      """;

  /**
   * One turn.
   *
   * @param engine milliseconds of processor time for each instance, in the contender's JVM
   * @param database the same in PostgreSQL
   */
  private record Calm(Contender.Latencies latencies, double engine, double database) {

    double p50() {
      return latencies.p50();
    }

    double p99() {
      return latencies.p99();
    }
  }

  @Override
  public String measure(Contest contest) throws IOException, SQLException, InterruptedException {
    for (Contender contender : contest.contenders()) {
      contest.warmUp(contender, Race.CHAIN, "busy");
      measure(contest, contender, "mild", WARM_UP);
    }
    Map<String, List<Calm>> results =
        contest.inTurns(
            contest.contenders(),
            (contender, turn) -> measure(contest, contender, "calm" + turn, SECONDS));
    List<Calm> own = Objects.requireNonNull(results.get("Millrace"));
    StringBuilder lines = new StringBuilder(HEAD);
    results.forEach((contender, calms) -> lines.append(line(contender, calms, own)));
    return lines.toString();
  }

  private static String line(String contender, List<Calm> calms, List<Calm> own) {
    return "| %s | **%.0f** | **%.0f** | %.0f | %s | %s | %.1f + %.1f |%n"
        .formatted(
            contender,
            Table.median(calms, Calm::p50),
            Table.median(calms, Calm::p99),
            calms.stream().mapToDouble(calm -> calm.latencies().worst()).max().orElseThrow(),
            ratio(own, calms, Calm::p50),
            ratio(own, calms, Calm::p99),
            Table.median(calms, Calm::engine),
            Table.median(calms, Calm::database));
  }

  /** Of the medians, and in brackets of the best and the worst turn. */
  private static String ratio(List<Calm> own, List<Calm> calms, ToDoubleFunction<Calm> of) {
    double[] ratios = Table.ratios(own, calms, of);
    return "**%.2f** (%.2f to %.2f)"
        .formatted(
            Table.median(own, of) / Table.median(calms, of), ratios[0], ratios[ratios.length - 1]);
  }

  private static Calm measure(Contest contest, Contender contender, String key, int seconds)
      throws IOException, SQLException, InterruptedException {
    int number = PER_SECOND * seconds;
    int lead = PER_SECOND * LEAD;
    Duration engine = contender.cpu();
    Duration database = contest.postgres().cpu();
    long leads = System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(1);
    long first = leads + TimeUnit.SECONDS.toMillis(LEAD);
    contender.beginPaced(Race.CHAIN, key + "lead", lead, leads, INTERVAL_MILLIS);
    contender.beginPaced(Race.CHAIN, key, number, first, INTERVAL_MILLIS);
    contest.awaitEnd(contender, Race.CHAIN, key, number);
    Calm calm =
        new Calm(
            contender.latencies(key, first, INTERVAL_MILLIS),
            (double) contender.cpu().minus(engine).toMillis() / (number + lead),
            (double) contest.postgres().cpu().minus(database).toMillis() / (number + lead));
    System.out.printf("%-10s %-10s %s%n", contender.name(), key, calm);
    return calm;
  }
}
