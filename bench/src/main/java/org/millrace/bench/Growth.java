package org.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a stage costs against what there is much of: instances, variables, elements, branches. Of
 * Millrace alone, as processor time: the clock says less.
 */
record Growth() implements Workload {

  private static final int STORED = Integer.getInteger("bench.growth", 1_000_000);

  private static final int FEWEST = 1000;
  private static final int TIMES = 10;

  /** Where the plots go; relative to the bench's folder. */
  private static final Path PLOTS = Path.of(System.getProperty("bench.plots", "target/plots"));

  private static final int CHAIN = 5;

  /** Turns to warm up: what is measured first would else look the dearest. */
  private static final int WARM = 4;

  /** So many bytes of variables does a turn begin with, at most. */
  private static final int BYTES = 20_000_000;

  /**
   * The processor time of each stage, in milliseconds.
   *
   * @param size how much there was
   * @param number instances that were measured
   */
  record Cost(int size, int number, double engine, double database) {

    double both() {
      return engine + database;
    }

    private String line(String of) {
      return "| %,d | %s | %,d | %.2f | %.2f | **%.2f** |%n"
          .formatted(size, of, number, engine, database, both());
    }
  }

  /** The costs of one size. */
  @FunctionalInterface
  private interface Measuring {
    Cost of(int size) throws IOException, SQLException, InterruptedException;
  }

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
      run(contest, "chain", "warm" + turn, 0, most, CHAIN, 0);
    }
    grow(
        lines,
        "KB of variables",
        List.of(1, 10, 100, 1000),
        size -> {
          int number = Math.min(most, BYTES / 1000 / size);
          return run(contest, "chain", "size" + size, size, number, CHAIN, 1000 * size);
        });
    grow(
        lines,
        "elements",
        Shapes.ELEMENTS,
        size -> {
          String process = "elements-" + size;
          return run(contest, process, process, size, most, CHAIN, 0);
        });
    grow(
        lines,
        "branches",
        Shapes.BRANCHES,
        size -> {
          String process = "branches-" + size;
          int number = Math.max(5, Math.min(most, most * CHAIN / size));
          return run(contest, process, process, size, number, size, 0);
        });
    grow(
        lines,
        "instances stored",
        stored(),
        size -> {
          int before = size == FEWEST ? 0 : size / TIMES;
          contest.millrace().fill("asleep" + size, size - before);
          return run(contest, "chain", "stored" + size, size, most, CHAIN, 0);
        });
    return lines.toString();
  }

  private static List<Integer> stored() {
    List<Integer> sizes = new ArrayList<>();
    for (int size = FEWEST; size <= STORED; size *= TIMES) {
      sizes.add(size);
    }
    return sizes;
  }

  private static void grow(StringBuilder lines, String of, List<Integer> sizes, Measuring measuring)
      throws IOException, SQLException, InterruptedException {
    List<Cost> costs = new ArrayList<>();
    for (int size : sizes) {
      Cost cost = measuring.of(size);
      costs.add(cost);
      lines.append(cost.line(of));
    }
    new Plot(of, costs).writeTo(PLOTS);
  }

  private static Cost run(
      Contest contest, String process, String key, int size, int number, int stages, int bytes)
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
    Cost cost =
        new Cost(
            size,
            number,
            millrace.cpu().minus(engine).toMillis() / all,
            contest.postgres().cpu().minus(database).toMillis() / all);
    System.out.printf(
        "growth     %-14s %.2f ms of CPU, %.2f in the database%n",
        key, cost.engine(), cost.database());
    return cost;
  }
}
