package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The disk is full in the middle, for one resource or for both: the server says so, and what cannot
 * be written is not done. With room again the server goes on by itself, and every order is done
 * once. Needs a user who may mount.
 */
@Tag("crash")
class DiskFullIT {

  private static final int ORDERS = 400;
  private static final String BROKER_FULL = "the broker in this server cannot go on";
  private static final String DATABASE_FULL = "the database cannot be written";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * What lies on the disk that becomes full. H2's file grows with each commit, and begins to use
   * its old parts again after 45 seconds.
   */
  enum Disk {
    JOURNAL("activemq", 64, BROKER_FULL),
    DATABASE("millrace", 512, DATABASE_FULL),
    BOTH("", 640, BROKER_FULL);

    private final String folder;
    private final int megabytes;
    private final String line;

    /**
     * A disk.
     *
     * @param line what the server says when it is full
     */
    Disk(String folder, int megabytes, String line) {
      this.folder = folder;
      this.megabytes = megabytes;
      this.line = line;
    }
  }

  /** The database of the server. */
  private interface Database {

    /** There is room again: what has ended is started. */
    void goOn() throws Exception;

    Connection connect() throws Exception;

    /** Counts what is prepared. */
    String inDoubt();
  }

  @ParameterizedTest
  @EnumSource
  void givenH2_whenTheDiskIsFull_thenEveryOrderHappensOnce(Disk which) throws Exception {
    try (TestServer server = TestServer.named("disk-" + which, Map.of())) {
      try (SmallDisk disk = disk(server.dataDirectory().resolve(which.folder), which.megabytes)) {
        fillInTheMiddle(server, disk, which.line, new H2(server));
      }
    }
  }

  /** The server's own disk is another one. */
  @Test
  void givenPostgresql_whenItsDiskIsFull_thenEveryOrderHappensOnce() throws Exception {
    Path folder = Path.of("target", "it", "disk-postgresql-database").toAbsolutePath();
    try (SmallDisk disk = disk(folder, 512);
        Postgresql database = new Postgresql(Postgres.startIn(folder.resolve("data")));
        TestServer server = TestServer.named("disk-postgresql", database.postgres.properties())) {
      fillInTheMiddle(server, disk, DATABASE_FULL, database);
    }
  }

  private static SmallDisk disk(Path folder, int megabytes) {
    Optional<SmallDisk> mounted = SmallDisk.mount(folder, megabytes);
    assumeTrue(mounted.isPresent(), "this machine's user may not mount a file system");
    return mounted.get();
  }

  private static void fillInTheMiddle(
      TestServer server, SmallDisk disk, String line, Database database) throws Exception {
    Random random = new Random(1);
    List<Sale> sales =
        IntStream.range(0, ORDERS).mapToObj(number -> Sale.random(number, random)).toList();
    Customers customers = new Customers(sales);
    BooleanSupplier isFull = () -> server.consoleText().contains(line);
    server.start();
    customers.serve(server, () -> customers.replies() >= ORDERS / 4);
    disk.fill();
    CompletableFuture<Void> rest =
        CompletableFuture.runAsync(() -> customers.serve(server, isFull));
    await().atMost(PATIENCE).until(isFull::getAsBoolean);
    // They have seen it, or lost their connection; in any case they are done with it.
    rest.handle((nothing, failure) -> failure).join();
    assertThat(customers.unended()).as("it was full in the middle").isPositive();
    await().atMost(PATIENCE).until(() -> !server.isReady());
    assertThat(server.consoleText().split(DATABASE_FULL, -1)).hasSizeLessThan(5);

    disk.free();
    database.goOn();
    await().atMost(PATIENCE).until(server::isReady);
    customers.serve(server, () -> false);
    await().atMost(PATIENCE).until(server::isReady);
    new Operations(server, "operator").awaitNothingIsLeft();
    server.stop();
    try (Connection connection = database.connect()) {
      Books books = new Books(connection);
      books.audit(sales);
      assertThat(books.number(database.inDoubt())).as("prepared transactions").isZero();
    }
  }

  private record H2(TestServer server) implements Database {

    @Override
    public void goOn() {
      // It lives in the server.
    }

    @Override
    public Connection connect() throws SQLException {
      return H2File.open(server);
    }

    @Override
    public String inDoubt() {
      return H2File.IN_DOUBT;
    }
  }

  private static final class Postgresql implements Database, AutoCloseable {

    private Postgres postgres;

    Postgresql(Postgres postgres) {
      this.postgres = postgres;
    }

    @Override
    public void goOn() throws IOException {
      if (!postgres.isRunning()) {
        postgres = postgres.startedAgain();
      }
    }

    @Override
    public Connection connect() throws SQLException {
      return postgres.connect();
    }

    @Override
    public String inDoubt() {
      return Postgres.IN_DOUBT;
    }

    @Override
    public void close() throws IOException {
      postgres.close();
    }
  }
}
