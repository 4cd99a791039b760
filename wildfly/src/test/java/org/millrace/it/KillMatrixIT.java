package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The kill matrix: the server is halted with the transaction of every bean at a chosen point, and
 * started again. Nothing is lost, nothing happens twice, and nothing is left prepared.
 *
 * <p>One halt serves as many beans as there are: each one's transaction is held at its point, every
 * bean at another one, until all of them stand. From one halt to the next everyone moves on by one
 * point; so after as many halts as there are points, each bean has been halted everywhere. The
 * build takes some of these halts, {@code -P crash} all.
 */
class KillMatrixIT {

  /** How many messages one transaction may take. */
  private enum Size {
    ONE("one message in a transaction", 1, 3),
    MANY("many messages in a transaction", 64, 12);

    private final String words;
    private final int most;
    private final int pieces;

    /**
     * A size.
     *
     * @param pieces how many there are of each victim's: more than there are sessions, where some
     *     are to wait
     */
    Size(String words, int most, int pieces) {
      this.words = words;
      this.most = most;
      this.pieces = pieces;
    }

    /** To be given to the server's Java; the last one of several counts. */
    private String option() {
      return "-Dmillrace.group=" + most;
    }
  }

  /** By how many points everyone has moved on, and how messages are taken. */
  private record Halt(int shift, Size size) {}

  /** So many passes of the recovery may be needed until nothing is in doubt. */
  private static final int PASSES = 2;

  private static final List<KillPoint> POINTS = List.of(KillPoint.values());
  private static final KillTable TABLE = new KillTable();

  @Test
  void givenH2_whenTheServerIsHaltedAtAnyPoint_thenEverythingHappensOnce() {
    try (TestServer server = server("matrix-h2", Map.of())) {
      haltEverywhere(server, "H2", H2File.IN_DOUBT, halts(new Halt(10, Size.MANY)));
    }
  }

  @Test
  void givenPostgresql_whenTheServerIsHaltedAtAnyPoint_thenEverythingHappensOnce()
      throws Exception {
    try (Postgres postgres = Postgres.start("matrix-database");
        TestServer server = server("matrix-postgresql", postgres.properties())) {
      haltEverywhere(
          server,
          "PostgreSQL",
          Postgres.IN_DOUBT,
          halts(new Halt(7, Size.ONE), new Halt(14, Size.MANY)));
    }
  }

  /** A sample; with {@code -P crash} all halts with both sizes, or those chosen. */
  private static List<Halt> halts(Halt... sample) {
    String asked = System.getProperty("crash.halts", "");
    if (asked.isEmpty()) {
      return List.of(sample);
    }
    IntStream shifts =
        asked.equals("all")
            ? IntStream.range(0, POINTS.size())
            : Arrays.stream(asked.split(",")).mapToInt(Integer::parseInt);
    List<Integer> all = shifts.boxed().toList();
    String chosen = System.getProperty("crash.size", "");
    return Stream.of(Size.values())
        .filter(each -> chosen.isEmpty() || each.name().equals(chosen))
        .flatMap(size -> all.stream().map(shift -> new Halt(shift, size)))
        .toList();
  }

  private static TestServer server(String name, Map<String, String> properties) {
    TestServer server = TestServer.named(name, properties);
    MatrixServer.deployTo(server);
    return server;
  }

  private static void haltEverywhere(
      TestServer server, String database, String inDoubt, List<Halt> halts) {
    Agent agent = Agent.onFreePort();
    server.withJava(agent.option()).withJava(halts.get(0).size().option()).start();
    for (Victim victim : Victims.ALL) {
      victim.models().forEach(model -> new Operations(server, "admin").deploy(model).ok());
    }
    for (int i = 0; i < halts.size(); i++) {
      Halt halt = halts.get(i);
      List<Agent.Hold> holds = holds(halt.shift());
      String name = database.toLowerCase(Locale.ROOT) + halt.shift() + halt.size().most;
      Function<Victim, Scene> scenes =
          victim -> new Scene(server, name, victim, halt.size().pieces);
      halt(server, agent, holds, scenes);
      server.withJava(halts.get(Math.min(i + 1, halts.size() - 1)).size().option()).start();
      agent.countPasses();
      Duration settled = awaitSettled(server, inDoubt);
      for (Agent.Hold hold : holds) {
        TABLE.check(
            database + ", " + halt.size().words,
            hold,
            settled,
            () -> hold.victim().verify(scenes.apply(hold.victim())));
      }
      new Operations(server, "operator").assertNothingIsLeft();
      TABLE.publish();
    }
    TABLE.assertAllIsWell(database);
  }

  /** Who is held where: everyone at another point. */
  private static List<Agent.Hold> holds(int shift) {
    List<Agent.Hold> holds = new ArrayList<>();
    for (int i = 0; i < Victims.ALL.size(); i++) {
      Victim victim = Victims.ALL.get(i);
      KillPoint point = POINTS.get((i + shift) % POINTS.size());
      if (victim.passes(point)) {
        holds.add(new Agent.Hold(victim, point));
      }
    }
    return holds;
  }

  private static void halt(
      TestServer server, Agent agent, List<Agent.Hold> holds, Function<Victim, Scene> scenes) {
    Probe probe = new Probe(server);
    List<Victim> victims = holds.stream().map(Agent.Hold::victim).toList();
    List<String> queues = victims.stream().map(Victim::queue).distinct().toList();
    victims.forEach(victim -> victim.prepare(scenes.apply(victim)));
    queues.forEach(probe::pause);
    victims.forEach(victim -> victim.load(scenes.apply(victim)));
    agent.arm(holds);
    queues.forEach(queue -> resume(server, probe, queue));
    assertThat(server.awaitEnd(Duration.ofMinutes(1)))
        .as("halted with %s; see %s", holds, server.console())
        .isEqualTo(Agent.HALTED);
    assertThat(server.consoleText()).contains(holds.stream().map(Agent.Hold::line).toList());
  }

  /** The last one may find the server halted already. */
  private static void resume(TestServer server, Probe probe, String queue) {
    try {
      probe.resume(queue);
    } catch (UncheckedIOException e) {
      assertThat(server.awaitEnd(Duration.ofMinutes(1))).isEqualTo(Agent.HALTED);
    }
  }

  /** How long it takes until nothing is prepared any more, in either resource or in the log. */
  private static Duration awaitSettled(TestServer server, String inDoubt) {
    long began = System.nanoTime();
    Rows rows = new Rows(server);
    Probe probe = new Probe(server);
    await()
        .pollInterval(Duration.ofMillis(500))
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () -> {
              assertThat(rows.number(inDoubt)).as("prepared in the database").isZero();
              assertThat(probe.prepared()).as("prepared in the broker").isEmpty();
              assertThat(probe.logged()).as("decisions in the log").isEmpty();
            });
    Duration settled = Duration.ofNanos(System.nanoTime() - began);
    assertThat(server.consoleText().split(Agent.PASS, -1).length - 1)
        .as("passes until nothing is in doubt")
        .isLessThanOrEqualTo(PASSES);
    return settled;
  }
}
