package org.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.millrace.bench.peer.Camunda;
import org.millrace.bench.peer.Flowable;
import org.millrace.bench.peer.Operaton;

/**
 * Runs the contenders in turns and prints how they compare. Figures of one run hold for one machine
 * and one hour; ratios of the same run are what is worth keeping.
 */
public final class Bench {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final int turns = Integer.getInteger("bench.turns", 5);
  private final int number = Integer.getInteger("bench.number", 1000);
  private final List<String> only =
      List.of(
          System.getProperty("bench.only", "Millrace,floor,Operaton,Camunda,Flowable").split(","));
  private final List<Workload> workloads =
      Stream.of(System.getProperty("bench.workloads", "CHAIN,FAN,WAIT").split(","))
          .map(Workload::valueOf)
          .toList();
  private final List<Contender> contenders = new ArrayList<>();

  private Bench() {}

  /** Takes no arguments; see README.md for the system properties. */
  public static void main(String[] args) throws Exception {
    new Bench().run();
    System.exit(0); // The shutdown hooks end what is still there.
  }

  private void run() throws IOException, SQLException, InterruptedException {
    try (Postgres postgres = Postgres.start()) {
      try {
        startMillrace(postgres);
        startPeer(postgres, "Operaton", Operaton.class);
        startPeer(postgres, "Camunda", Camunda.class);
        startPeer(postgres, "Flowable", Flowable.class);
        System.out.printf(
            "PostgreSQL %s, %d processors, %d turns of %d instances%n",
            postgres.version(), Runtime.getRuntime().availableProcessors(), turns, number);
        contenders.forEach(c -> System.out.printf("- %s: %s%n", c.name(), c.settings()));
        for (Workload workload : workloads) {
          measure(postgres, workload);
        }
      } finally {
        contenders.forEach(Contender::close);
      }
    }
  }

  private void startMillrace(Postgres postgres)
      throws IOException, SQLException, InterruptedException {
    DataSource database = postgres.create("millrace");
    List<String> options = List.of(System.getProperty("bench.options", "-Dbench").split(" "));
    Server server = Server.start(Path.of("target/server"), postgres.port(), options);
    contenders.add(new Millrace(server, database));
    if (only.contains("floor")) {
      contenders.add(Floor.in(server, database));
    }
  }

  private void startPeer(Postgres postgres, String name, Class<?> main)
      throws IOException, SQLException {
    if (only.contains(name)) {
      String role = name.toLowerCase(Locale.ROOT);
      String url =
          "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
              .formatted(postgres.port(), role, role, role);
      contenders.add(Peer.start(name, main, postgres.create(role), url));
    }
  }

  /** All turns of a workload, after one to warm up, and its table. */
  private void measure(Postgres postgres, Workload workload)
      throws IOException, SQLException, InterruptedException {
    List<Contender> who = contenders.stream().filter(c -> c.knows(workload)).toList();
    Map<String, List<Turn>> results = new LinkedHashMap<>();
    for (int turn = 0; turn <= turns; turn++) {
      for (Contender contender : who) {
        Turn result = turn(postgres, contender, workload, workload + "" + turn);
        if (turn > 0) {
          results.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(result);
        }
      }
    }
    System.out.println(new Table(workload, results).markdown());
  }

  /** One turn of one contender, verified. */
  private Turn turn(Postgres postgres, Contender contender, Workload workload, String key)
      throws IOException, SQLException, InterruptedException {
    Duration engine = contender.cpu();
    Duration database = postgres.cpu();
    long began = System.currentTimeMillis();
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    contender.begin(workload, key, number);
    Contender.Ended ended = contender.ended(workload, key);
    while (ended.number() < number) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s: only %d of %d ended as they should"
                .formatted(contender.name(), ended.number(), number));
      }
      TimeUnit.MILLISECONDS.sleep(200);
      ended = contender.ended(workload, key);
    }
    contender.rest();
    double stages = (double) number * workload.stages;
    Turn turn =
        new Turn(
            stages * 1000 / (ended.atMillis() - began),
            contender.cpu().minus(engine).toMillis() / stages,
            postgres.cpu().minus(database).toMillis() / stages);
    System.out.printf("%-10s %-8s %s%n", contender.name(), key, turn);
    return turn;
  }
}
