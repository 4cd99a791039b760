package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Orders of all kinds, while some of the server's calls to its database and to its broker fail:
 * every order is done once or not at all, and every customer is answered. {@code -Dfaults.orders=N}
 * says how many, {@code -Dfaults.one=N} that one call in so many fails, {@code -Dfaults.seed=N}
 * which.
 */
class FaultsIT {

  private static final int ORDERS = Integer.getInteger("faults.orders", 100);
  private static final int ONE = Integer.getInteger("faults.one", 100);

  @Test
  void givenCallsThatFail_thenEveryOrderHappensOnce() throws Exception {
    Random random = new Random(Faults.SEED);
    List<Sale> sales =
        IntStream.range(0, ORDERS).mapToObj(number -> Sale.random(number, random)).toList();
    Customers customers = new Customers(sales);
    try (TestServer server = TestServer.named("faults", Map.of())) {
      Faults faults = Faults.in(server);
      server.start();
      Operations operator = new Operations(server, "operator");
      faults.begin(ONE);

      // Work that fails time and again becomes an incident; the operator has it tried once more.
      customers.serve(server, () -> operator.post("incidents/retry?process=order").status() < 0);

      Map<String, Long> counted = faults.counted();
      System.out.println("FaultsIT: " + counted);
      assertThat(counted).containsKeys("WrappedPreparedStatement", "WrappedConnection");
      server.stop();
      try (Connection connection = H2File.open(server)) {
        new Books(connection).audit(sales);
      }
    }
  }
}
