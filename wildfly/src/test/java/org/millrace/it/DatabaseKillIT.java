package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of PostgreSQL in the middle: the server goes on when the database is back, by
 * itself, and every order is done once.
 */
@Tag("crash")
class DatabaseKillIT {

  private static final int ORDERS = 100;

  /** The deliveries of a message would be used up in 45 seconds. */
  private static final Duration OUTAGE = Duration.ofSeconds(70);

  @TempDir static Path directory;

  @Test
  void givenOrdersUnderWay_whenTheDatabaseIsKilledAndComesBack_thenEveryOrderHappensOnce()
      throws Exception {
    Path data = directory.resolve("data");
    EmbeddedPostgres first = database(data).start();
    try (Connection connection = first.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create role millrace login password 'millrace'");
      statement.execute("create database millrace owner millrace");
    }
    Map<String, String> properties =
        Map.of("millrace.db", "postgresql", "millrace.db.port", String.valueOf(first.getPort()));
    Random random = new Random(1);
    List<Sale> sales =
        IntStream.range(0, ORDERS).mapToObj(number -> Sale.random(number, random)).toList();
    Customers customers = new Customers(sales);
    try (TestServer server = TestServer.named("kill-database", properties)) {
      server.start();
      customers.serve(server, () -> customers.replies() >= ORDERS / 2);
      assertThat(customers.unended()).as("it is killed in the middle").isPositive();
      CompletableFuture<Void> rest =
          CompletableFuture.runAsync(() -> customers.serve(server, () -> false));
      kill(data);
      first.close(); // Nothing runs any more; but it holds the lock of its folder.
      await().pollDelay(OUTAGE).atMost(OUTAGE.multipliedBy(2)).until(() -> true);
      try (EmbeddedPostgres second = database(data).setPort(first.getPort()).start()) {
        rest.get(10, TimeUnit.MINUTES);
        await()
            .atMost(Duration.ofMinutes(2))
            .untilAsserted(() -> assertNothingIsLeft(new Operations(server, "operator")));
        server.stop();
        try (Connection connection = second.getDatabase("millrace", "millrace").getConnection()) {
          Books books = new Books(connection);
          books.audit(sales);
          assertThat(books.number("select count(*) from pg_prepared_xacts")).isZero();
        }
      }
    }
  }

  /** As in production: what is committed is on the disk. */
  private static EmbeddedPostgres.Builder database(Path data) {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_prepared_transactions", "200");
  }

  /** The postmaster and all that it has started, at once. */
  private static void kill(Path data) throws IOException {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> children = postmaster.descendants().toList();
    postmaster.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    postmaster.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    children.forEach(child -> child.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }

  private static void assertNothingIsLeft(Operations operator) {
    assertThat(operator.get("incidents").ok()).isEmpty();
    assertThat(operator.get("messages?queue=rejected").ok()).isEmpty();
    assertThat(operator.get("messages?queue=dead").ok()).isEmpty();
    assertThat(operator.get("transactions").ok()).isEmpty();
    assertThat(operator.get("instances?state=running").ok().get("total").asInt()).isZero();
  }
}
