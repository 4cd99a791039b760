package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} in the middle, at random times: whatever the server was doing, every order is
 * done once or not at all, and every customer is answered. Twice in the build; more often, and with
 * more orders, as {@code -Dkills} and {@code -Dorders} say.
 */
class KillIT {

  private static final int KILLS = Integer.getInteger("kills", 2);
  private static final int ORDERS = Integer.getInteger("orders", 200);

  /** Opens the database of a server that is down. */
  @FunctionalInterface
  interface Opening {
    Connection open() throws Exception;
  }

  @Test
  void givenH2_whenTheServerIsKilledAtRandom_thenEveryOrderHappensOnce() throws Exception {
    try (TestServer server = TestServer.named("kill-h2", Map.of())) {
      killAtRandom(server, () -> H2File.open(server), H2File.IN_DOUBT);
    }
  }

  @Test
  void givenPostgresql_whenTheServerIsKilledAtRandom_thenEveryOrderHappensOnce() throws Exception {
    try (Postgres postgres = Postgres.start("kill-postgresql-database");
        TestServer server = TestServer.named("kill-postgresql", postgres.properties())) {
      killAtRandom(server, postgres::connect, Postgres.IN_DOUBT);
    }
  }

  private static void killAtRandom(TestServer server, Opening opening, String inDoubt)
      throws Exception {
    long seed = Long.getLong("it.seed", System.nanoTime());
    System.out.println("KillIT: -Dit.seed=" + seed);
    Random random = new Random(seed);
    List<Sale> sales =
        IntStream.range(0, ORDERS).mapToObj(number -> Sale.random(number, random)).toList();
    Customers customers = new Customers(sales);
    Rows.deployTo(server);

    for (int kill = 0; kill < KILLS; kill++) {
      server.start();
      int enough = customers.replies() + 20 + random.nextInt(ORDERS / KILLS);
      customers.serve(server, () -> customers.replies() >= enough);
      assertThat(customers.unended()).as("the server is killed in the middle").isPositive();
      server.kill();
    }
    server.start();
    customers.serve(server, () -> false);

    // Recovery passes every ten seconds; what is in doubt is settled within a few of them.
    Rows rows = new Rows(server);
    await().atMost(Duration.ofMinutes(2)).until(() -> rows.number(inDoubt) == 0);
    assertNothingIsLeft(new Operations(server, "operator"));
    server.stop();
    try (Connection connection = opening.open()) {
      Books books = new Books(connection);
      books.audit(sales);
      assertThat(books.number(inDoubt)).as("prepared transactions").isZero();
    }
  }

  private static void assertNothingIsLeft(Operations operator) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              for (JsonNode stage : operator.get("stages").ok()) {
                assertThat(stage.get("queued").asLong()).as(stage.toString()).isZero();
              }
            });
    operator.assertNothingIsLeft();
  }
}
