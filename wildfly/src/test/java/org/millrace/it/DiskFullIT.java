package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The disk is full in the middle, for one resource or for both: the server says so, and what cannot
 * be written is not done. With room again, and started anew, every order is done once. Needs a user
 * who may mount.
 */
@Tag("crash")
class DiskFullIT {

  private static final int ORDERS = 400;
  private static final String DATABASE_FULL = "the database cannot be written";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What lies on the disk that becomes full. */
  enum Disk {
    JOURNAL("activemq", 64),
    DATABASE("millrace", 32),
    BOTH("", 160);

    private final String folder;
    private final int megabytes;

    Disk(String folder, int megabytes) {
      this.folder = folder;
      this.megabytes = megabytes;
    }
  }

  @ParameterizedTest
  @EnumSource
  void givenOrdersUnderWay_whenTheDiskIsFull_thenEveryOrderHappensOnce(Disk which)
      throws Exception {
    try (TestServer server = TestServer.named("disk-" + which, Map.of())) {
      Optional<SmallDisk> mounted =
          SmallDisk.mount(server.dataDirectory().resolve(which.folder), which.megabytes);
      assumeTrue(mounted.isPresent(), "this machine's user may not mount a file system");
      try (SmallDisk disk = mounted.get()) {
        fillInTheMiddle(server, disk);
        server.stop();
      }
    }
  }

  private static void fillInTheMiddle(TestServer server, SmallDisk disk) throws Exception {
    Random random = new Random(1);
    List<Sale> sales =
        IntStream.range(0, ORDERS).mapToObj(number -> Sale.random(number, random)).toList();
    Customers customers = new Customers(sales);
    server.start();
    customers.serve(server, () -> customers.replies() >= ORDERS / 4);
    disk.fill();
    CompletableFuture<Void> rest =
        CompletableFuture.runAsync(() -> customers.serve(server, () -> saysThatItIsFull(server)));
    await().atMost(PATIENCE).until(() -> saysThatItIsFull(server));
    // They have seen it, or lost their connection; in any case they are done with it.
    rest.handle((nothing, failure) -> failure).join();
    assertThat(customers.unended()).as("it was full in the middle").isPositive();
    assertThat(server.isReady()).as("ready while it is full").isFalse();
    assertThat(server.consoleText().split(DATABASE_FULL, -1)).hasSizeLessThan(5);
    disk.free();

    server.kill();
    server.start();
    customers.serve(server, () -> false);
    assertThat(server.isReady()).as("ready in the end").isTrue();
    server.stop();
    try (Connection connection = connect(server)) {
      new Books(connection).audit(sales);
    }
  }

  private static boolean saysThatItIsFull(TestServer server) {
    return hasToBeRestarted(server) || server.consoleText().contains(DATABASE_FULL);
  }

  private static boolean hasToBeRestarted(TestServer server) {
    return server.consoleText().contains("the broker has ended by itself");
  }

  private static Connection connect(TestServer server) throws Exception {
    return DriverManager.getConnection(
        "jdbc:h2:file:%s;IFEXISTS=TRUE;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
            .formatted(server.dataDirectory().resolve("millrace/millrace")),
        "millrace",
        "millrace");
  }
}
