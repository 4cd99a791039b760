package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of PostgreSQL in the middle: the server goes on when the database is back, by
 * itself, and every order is done once.
 */
@Tag("crash")
class DatabaseKillIT {

  private static final int ORDERS = 100;

  /** The deliveries of a message would be used up in 45 seconds. */
  private static final Duration OUTAGE = Duration.ofSeconds(70);

  @Test
  void givenOrdersUnderWay_whenTheDatabaseIsKilledAndComesBack_thenEveryOrderHappensOnce()
      throws Exception {
    Postgres postgres = Postgres.start("killed-database");
    Random random = new Random(1);
    List<Sale> sales =
        IntStream.range(0, ORDERS).mapToObj(number -> Sale.random(number, random)).toList();
    Customers customers = new Customers(sales);
    try (TestServer server = TestServer.named("kill-database", postgres.properties())) {
      server.start();
      customers.serve(server, () -> customers.replies() >= ORDERS / 2);
      assertThat(customers.unended()).as("it is killed in the middle").isPositive();
      CompletableFuture<Void> rest =
          CompletableFuture.runAsync(() -> customers.serve(server, () -> false));
      postgres.kill();
      assertThat(Api.as(server, "viewer").get("instances").status()).isEqualTo(503);
      await().pollDelay(OUTAGE).atMost(OUTAGE.multipliedBy(2)).until(() -> true);
      try (Postgres again = postgres.startedAgain()) {
        rest.get(10, TimeUnit.MINUTES);
        new Operations(server, "operator").awaitNothingIsLeft();
        server.stop();
        try (Connection connection = again.connect()) {
          new Books(connection).audit(sales);
        }
        assertThat(again.prepared()).isEmpty();
      }
    }
  }
}
