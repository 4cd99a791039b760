package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The server is stopped in the middle of its work, as an operator would stop it. */
class StopIT {

  private static final int ORDERS = 150;

  /** As each stop begins. */
  @Test
  void givenASuspendedServer_whenWhatItLooksAtByItselfIsDue_thenItIsDoneAndNothingFails() {
    try (TestServer server = TestServer.named("suspended", Map.of())) {
      server.start();
      String queues =
          "/subsystem=messaging-activemq/server=default:read-children-names"
              + "(child-type=runtime-queue)";

      try (WireClient client = Wire.STOMP.connect(server, "client")) {
        client.consume("millrace.reply.idle"); // Unused as soon as the client has gone.
        server.manage(":suspend");
        assertThat(server.manage(queues)).contains("millrace.reply.idle");
      }
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> !server.manage(queues).contains("millrace.reply.idle"));
      server.manage(":resume");

      assertThat(server.errors()).isEmpty();
    }
  }

  /** The database is in the server: it must not end before the work does. */
  @Test
  void givenH2_whenTheServerIsStoppedInTheMiddle_thenWhatItHasBegunEndsAndNothingFails()
      throws Exception {
    Random random = new Random(1);
    List<Sale> sales =
        IntStream.range(0, ORDERS).mapToObj(number -> Sale.random(number, random)).toList();
    Customers customers = new Customers(sales);
    try (TestServer server = TestServer.named("stop", Map.of())) {
      server.start();
      customers.serve(server, () -> customers.replies() >= ORDERS / 2);

      server.stop();

      assertThat(customers.unended()).as("it was stopped in the middle").isPositive();
      assertThat(server.errors()).isEmpty();
      server.start();
      customers.serve(server, () -> false);
      new Operations(server, "operator").awaitNothingIsLeft();
      server.stop();
      try (Connection connection = H2File.open(server)) {
        Books books = new Books(connection);
        books.audit(sales);
        assertThat(
                books.number(
                    "select count(*) from millrace_history where events like '%attempt-failed%'"))
            .as("attempts that failed")
            .isZero();
      }
    }
  }
}
