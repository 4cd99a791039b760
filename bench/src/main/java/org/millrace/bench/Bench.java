package org.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.millrace.bench.peer.Operaton;

/**
 * Runs the contenders in turns and prints how they compare. Figures of one run hold for one machine
 * and one hour; ratios of the same run are what is worth keeping.
 */
public final class Bench {

  private static final int STAGES = 5;
  private static final long TIMEOUT_SECONDS = 300;

  private final int turns = Integer.getInteger("bench.turns", 5);
  private final int number = Integer.getInteger("bench.number", 1000);
  private final Map<String, List<Double>> results = new LinkedHashMap<>();

  private Bench() {}

  /** Takes no arguments; see README.md for the system properties. */
  public static void main(String[] args) throws Exception {
    new Bench().run();
    System.exit(0); // The shutdown hooks end what is still there.
  }

  private void run() throws IOException, SQLException, InterruptedException {
    List<Contender> contenders = new ArrayList<>();
    try (Postgres postgres = Postgres.start()) {
      try {
        DataSource database = postgres.create("millrace");
        List<String> options = List.of(System.getProperty("bench.options", "-Dbench").split(" "));
        Server server = Server.start(Path.of("target/server"), postgres.port(), options);
        contenders.add(new Millrace(server, database));
        contenders.add(Floor.in(server, database));
        contenders.add(
            Peer.start(
                "Operaton",
                Operaton.class,
                postgres.create("operaton"),
                "jdbc:postgresql://127.0.0.1:%d/operaton?user=operaton&password=operaton"
                    .formatted(postgres.port())));
        for (Contender contender : contenders) {
          chain(contender, "warm", number);
        }
        for (int turn = 1; turn <= turns; turn++) {
          for (Contender contender : contenders) {
            double perSecond = chain(contender, "turn" + turn, number);
            of(contender.name()).add(perSecond);
          }
        }
        print(contenders, postgres.version());
      } finally {
        contenders.forEach(Contender::close);
      }
    }
  }

  /** One turn of one contender: stages done and verified, each second. */
  private static double chain(Contender contender, String key, int number)
      throws IOException, SQLException, InterruptedException {
    long began = System.currentTimeMillis();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    contender.begin("chain", key, number);
    Contender.Ended ended = contender.ended("chain", key);
    while (ended.number() < number) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s: only %d of %d ended as they should"
                .formatted(contender.name(), ended.number(), number));
      }
      TimeUnit.MILLISECONDS.sleep(200);
      ended = contender.ended("chain", key);
    }
    contender.rest();
    double perSecond = number * STAGES * 1000.0 / (ended.atMillis() - began);
    System.out.printf("%-10s %-8s %8.0f stages/s%n", contender.name(), key, perSecond);
    return perSecond;
  }

  private List<Double> of(String contender) {
    return results.computeIfAbsent(contender, name -> new ArrayList<>());
  }

  private void print(List<Contender> contenders, String postgres) {
    double ours = median(of("Millrace"));
    System.out.printf(
        "%nchain: %d instances of %d asynchronous stages, %d turns, PostgreSQL %s, %d processors%n",
        number, STAGES, turns, postgres, Runtime.getRuntime().availableProcessors());
    System.out.println("| contender | median of stages/s here | spread | Millrace to it |");
    System.out.println("| --- | --- | --- | --- |");
    for (Contender contender : contenders) {
      List<Double> all = of(contender.name());
      double median = median(all);
      double min = all.stream().mapToDouble(d -> d).min().orElseThrow();
      double max = all.stream().mapToDouble(d -> d).max().orElseThrow();
      System.out.printf(
          "| %s | %.0f | %.0f %% | %.2f |%n",
          contender.name(), median, 100 * (max - min) / median, ours / median);
    }
    contenders.forEach(c -> System.out.printf("- %s: %s%n", c.name(), c.settings()));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
