package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a stage costs against what there is much of: instances, variables, elements, branches. Of
 * Millrace alone, as processor time: the clock says less.
 */
record Growth() implements Workload {

  private static final int STORED = Integer.getInteger("bench.growth", 100_000);
  private static final int CHAIN = 5;

  /** Turns to warm up: what is measured first would else look the dearest. */
  private static final int WARM = 4;

  /** So many bytes of variables does a turn begin with, at most. */
  private static final int BYTES = 20_000_000;

  @Override
  public String measure(Contest contest) throws IOException, SQLException, InterruptedException {
    StringBuilder lines =
        new StringBuilder(
            """

            | growth | of | instances | CPU ms/stage | in the database | both |
            | --- | --- | --- | --- | --- | --- |
            """);
    int most = contest.number();
    for (int turn = 1; turn <= WARM; turn++) {
      run(contest, "chain", "warm" + turn, most, CHAIN, 0);
    }
    for (int kilobytes : new int[] {1, 10, 100, 1000}) {
      int bytes = kilobytes * 1000;
      int number = Math.min(most, BYTES / bytes);
      String key = "size" + kilobytes;
      line(
          lines,
          "KB of variables",
          kilobytes,
          number,
          run(contest, "chain", key, number, CHAIN, bytes));
    }
    for (int elements : Shapes.ELEMENTS) {
      String process = "elements-" + elements;
      line(lines, "elements", elements, most, run(contest, process, process, most, CHAIN, 0));
    }
    for (int branches : Shapes.BRANCHES) {
      String process = "branches-" + branches;
      int number = Math.max(5, Math.min(most, most * CHAIN / branches));
      line(
          lines, "branches", branches, number, run(contest, process, process, number, branches, 0));
    }
    int stored = 0;
    for (int instances = 1000; instances <= STORED; instances *= 10) {
      contest.millrace().fill("asleep" + instances, instances - stored);
      stored = instances;
      String key = "stored" + instances;
      line(lines, "instances stored", instances, most, run(contest, "chain", key, most, CHAIN, 0));
    }
    return lines.toString();
  }

  private static void line(StringBuilder lines, String of, int size, int number, double[] cost) {
    lines.append(
        "| %,d | %s | %,d | %.2f | %.2f | **%.2f** |%n"
            .formatted(size, of, number, cost[0], cost[1], cost[0] + cost[1]));
  }

  /** Processor time for each stage, in milliseconds: the engine's, and the database's. */
  private static double[] run(
      Contest contest, String process, String key, int number, int stages, int bytes)
      throws IOException, SQLException, InterruptedException {
    Millrace millrace = contest.millrace();
    Duration engine = millrace.cpu();
    Duration database = contest.postgres().cpu();
    millrace.begin(process, key, number, bytes);
    long deadline = System.nanoTime() + Contest.TIMEOUT.toNanos();
    while (millrace.completed(key) < number) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(key + ": not all were completed");
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    double all = (double) number * stages;
    double[] cost = {
      millrace.cpu().minus(engine).toMillis() / all,
      contest.postgres().cpu().minus(database).toMillis() / all
    };
    System.out.printf(
        "growth     %-14s %.2f ms of CPU, %.2f in the database%n", key, cost[0], cost[1]);
    return cost;
  }
}
