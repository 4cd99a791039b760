package org.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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

  private final int turns = Integer.getInteger("bench.turns", 5);
  private final int number = Integer.getInteger("bench.number", 1000);
  private final List<String> only =
      List.of(
          System.getProperty("bench.only", "Millrace,floor,Operaton,Camunda,Flowable").split(","));
  private final List<Workload> workloads =
      Stream.of(
              System.getProperty("bench.workloads", "CHAIN,FAN,WAIT,ORDER,LATENCY,IDLE,TIMER,DEEP")
                  .split(","))
          .map(Workload::named)
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
        contenders.sort(Comparator.comparingInt(contender -> only.indexOf(contender.name())));
        System.out.printf(
            "PostgreSQL %s, %d processors, %d turns of %d instances%n",
            postgres.version(), Runtime.getRuntime().availableProcessors(), turns, number);
        contenders.forEach(c -> System.out.printf("- %s: %s%n", c.name(), c.settings()));
        Contest contest = new Contest(postgres, contenders, turns, number);
        for (Workload workload : workloads) {
          System.out.println(workload.measure(contest));
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
}
