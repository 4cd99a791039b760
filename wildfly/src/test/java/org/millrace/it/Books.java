package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.millrace.it.Sale.Kind;

/**
 * Checks what lies in the tables of a server that is down: by SQL, knowing nothing of the engine.
 */
final class Books {

  /** How often each thing was done for an order; nothing else may ever have been done. */
  private static final String NOTHING = "";

  private static final String SHIPPED = " charged shipped notified";
  private static final String UNDONE = " refunded";

  private static final String ORDERS = " process = 'order'";

  private static final List<String> OPEN =
      List.of(
          "millrace_message_wait",
          "millrace_timer",
          "millrace_task",
          "millrace_incident",
          "millrace_reply");

  private final Connection connection;

  Books(Connection connection) {
    this.connection = connection;
  }

  void audit(List<Sale> sales) throws SQLException {
    Map<String, StringBuilder> done = new HashMap<>();
    note(done, "select order_id, state from payment order by order_id, state");
    note(done, "select order_id, 'shipped' from shipment");
    note(done, "select order_id, 'notified' from notification");
    Map<String, Long> stock =
        new TreeMap<>(Map.of("A", 1_000_000L, "B", 1_000_000L, "C", 1_000_000L));
    Map<String, String> wrong = new TreeMap<>();
    Set<String> ids = new TreeSet<>();
    for (Sale sale : sales) {
      String id = sale.order().id();
      ids.add(id);
      String found = done.containsKey(id) ? done.remove(id).toString() : NOTHING;
      if (!allowed(sale.kind()).contains(found)) {
        wrong.put(id, found);
      }
      if (found.equals(SHIPPED)) {
        stock.merge(sale.order().sku(), -(long) sale.order().quantity(), Long::sum);
      }
    }
    assertThat(wrong).as("orders for which the wrong things were done").isEmpty();
    assertThat(done).as("done for orders that nobody sent").isEmpty();
    assertThat(quantities()).as("the stock").isEqualTo(stock);
    assertThat(
            strings(
                "select business_key from millrace_instance where state = 'completed' and"
                    + ORDERS))
        .as("one completed instance for each order")
        .containsExactlyElementsOf(ids);
    assertThat(strings("select id from millrace_instance where" + ORDERS)).hasSize(ids.size());
    for (String table : OPEN) {
      assertThat(strings("select instance_id from " + table)).as(table).isEmpty();
    }
  }

  private static Set<String> allowed(Kind kind) {
    return switch (kind) {
      case DELIVERED, APPROVED -> Set.of(SHIPPED);
      case CANCELLED_AT_ONCE -> Set.of(NOTHING, UNDONE, SHIPPED);
      default -> Set.of(NOTHING);
    };
  }

  private void note(Map<String, StringBuilder> done, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        done.computeIfAbsent(rows.getString(1), id -> new StringBuilder())
            .append(' ')
            .append(rows.getString(2));
      }
    }
  }

  private Map<String, Long> quantities() throws SQLException {
    Map<String, Long> quantities = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select sku, quantity from stock")) {
      while (rows.next()) {
        quantities.put(rows.getString(1), rows.getLong(2));
      }
    }
    return quantities;
  }

  /** The one column of a query, in order. */
  private List<String> strings(String sql) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql + " order by 1")) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    strings.sort(null);
    return strings;
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(strings(sql).get(0));
  }
}
