package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orders come ten times faster than they are worked off, for as long as {@code -Doverload.seconds}
 * says. The broker pages, the heap stays small, people are answered meanwhile; the server is killed
 * in the middle of it; and when the rush is over, all of it is worked off.
 */
@Tag("crash")
class OverloadIT {

  private static final int SECONDS = Integer.getInteger("overload.seconds", 600);

  /** Orders that come in a second. */
  private static final int RATE = Integer.getInteger("overload.rate", 150);

  /**
   * A shorter rush would not fill what the server keeps of an address in memory: so it keeps less.
   */
  private static final int LONG = 300;

  private static final long MEMORY = 2L << 20;

  private static final long PAGE = 1L << 19;
  private static final int TIMES = 10;
  private static final int SESSIONS = 8;
  private static final long HEAP = 512L << 20;

  /** So long may nothing be done at all. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What people and scripts look at. */
  private static final List<String> LOOKS =
      List.of(
          "instances?state=running",
          "instances?process=order&size=100&from=1000",
          "instances?state=completed&size=1",
          "stages",
          "incidents",
          "tasks?group=managers",
          "messages?queue=rejected",
          "transactions",
          "definitions");

  /**
   * A pause in the first stage: a quarter of what may get through it does, whatever the machine
   * can, and however many the sessions are.
   */
  private static final String SLOW =
      """
      RULE orders are checked slowly
      CLASS org.millrace.examples.order.CheckOrder
      METHOD handle
      AT ENTRY
      IF true
      DO delay(%d)
      ENDRULE
      """
          .formatted(4 * 1000 * SESSIONS * TIMES / RATE);

  @TempDir static Path directory;

  private final String replies = "millrace.reply." + UUID.randomUUID();
  private final Map<String, Duration> slowest = new TreeMap<>();

  @Test
  void givenMoreOrdersThanCanBeDone_whenTheRushIsOver_thenEachHasHappenedOnce() throws Exception {
    Path rules = Files.writeString(directory.resolve("slow.btm"), SLOW);
    Agent agent = Agent.onFreePort();
    try (TestServer server = TestServer.named("overload", Map.of())) {
      Rows.deployTo(server);
      Probe.deployTo(server);
      server.withJava(agent.option(rules)).start();
      if (SECONDS < LONG) {
        limit(server, "page-size-bytes", PAGE);
        limit(server, "max-size-bytes", MEMORY);
      }
      Rush rush = Rush.begin(server, sales(), replies, RATE);
      look(server, SECONDS * 2 / 3);
      assertItPages(server, rush);

      server.kill();
      server.start();

      look(server, SECONDS / 3);
      assertItPages(server, rush);
      List<Sale> sent = rush.end();
      long done = completed(server);
      System.out.printf("OverloadIT: %d sent, %d done, %s%n", sent.size(), done, slowest);
      assertThat(sent.size()).as("sent").isGreaterThan(Math.toIntExact(TIMES * done));
      assertThat(slowest)
          .allSatisfy((path, time) -> assertThat(time).as(path).isLessThan(Duration.ofSeconds(10)));

      agent.delete(rules);
      awaitDone(server, sent.size());

      assertEachIsAnswered(server, sent);
      assertNothingIsLeft(server);
      Probe probe = new Probe(server);
      assertThat(probe.heap()).as("heap").isLessThan(HEAP / 2);
      assertThat(probe.direct()).as("outside of the heap").isLessThan(HEAP / 4);
      server.stop();
      try (Connection connection = H2File.open(server)) {
        new Books(connection).audit(sent);
      }
    }
  }

  /** For the addresses that are made from now on, and after the next start for all. */
  private static void limit(TestServer server, String what, long bytes) {
    server.manage(
        "/subsystem=messaging-activemq/server=default/address-setting=#"
            + ":write-attribute(name=%s,value=%d)".formatted(what, bytes));
  }

  /**
   * Without people's decisions, which are counted on by others, and without what is cancelled,
   * which ends without having been worked off.
   */
  private static Stream<Sale> sales() {
    Random random = new Random(1);
    return Stream.iterate(0, number -> number + 1)
        .map(number -> Sale.random(number, random))
        .filter(sale -> !sale.needsTask() && !sale.messages().contains("cancel-order"));
  }

  /** All that somebody looks at, again and again, while orders come. */
  private void look(TestServer server, int seconds) {
    Operations viewer = new Operations(server, "operator");
    Api user = Api.as(server, "user");
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (System.nanoTime() < end) {
      for (String path : LOOKS) {
        long began = System.nanoTime();
        if (path.startsWith("tasks")) {
          user.get(path).ok();
        } else {
          viewer.get(path).ok();
        }
        slowest.merge(
            path,
            Duration.ofNanos(System.nanoTime() - began),
            (a, b) -> a.compareTo(b) < 0 ? b : a);
      }
    }
  }

  private static void assertItPages(TestServer server, Rush rush) {
    Probe probe = new Probe(server);
    long starts = probe.pages("millrace.start");
    long work = probe.pages("millrace.stage.check-order");
    long heap = probe.heap();
    System.out.printf(
        "OverloadIT: %d sent; pages: %d of starts, %d of work; %d MiB of heap, %d outside of it%n",
        rush.count(), starts, work, heap >> 20, probe.direct() >> 20);
    assertThat(starts + work).as("pages on the disk").isPositive();
    assertThat(heap).as("heap").isLessThan(HEAP * 8 / 10);
  }

  private static long completed(TestServer server) {
    return new Operations(server, "viewer")
        .get("instances?state=completed&size=1")
        .ok()
        .get("total")
        .asLong();
  }

  private static void awaitDone(TestServer server, int all) {
    long before = -1;
    long done = completed(server);
    while (done < all) {
      assertThat(done).as("done of %d", all).isGreaterThan(before);
      before = done;
      long seen = before;
      done = await().atMost(PATIENCE).until(() -> completed(server), now -> now > seen);
    }
  }

  private void assertEachIsAnswered(TestServer server, List<Sale> sent) {
    Set<String> open = new HashSet<>();
    sent.forEach(sale -> open.add(sale.order().id()));
    try (WireClient wire = Wire.STOMP.connect(server, "client")) {
      WireClient.Inbox inbox = wire.consume(replies);
      while (!open.isEmpty()) {
        WireMessage reply = inbox.receive(Operations.PATIENCE);
        assertThat(reply).as("the replies to %s", open).isNotNull();
        assertThat(reply.properties()).containsEntry("state", "completed");
        open.remove(reply.correlationId());
      }
    }
  }

  private static void assertNothingIsLeft(TestServer server) {
    Operations operator = new Operations(server, "operator");
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(operator.get("stages").ok().findValues("queued"))
                  .allSatisfy(queued -> assertThat(queued.asLong()).isZero());
              assertThat(operator.get("transactions").ok()).isEmpty();
              assertThat(new Probe(server).count("millrace.event")).isZero();
            });
    operator.assertNothingIsLeft();
  }
}
