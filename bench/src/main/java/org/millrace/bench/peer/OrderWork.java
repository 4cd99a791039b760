package org.millrace.bench.peer;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;

/** What the stages of an order do in the engine's own transaction: as the example's do. */
final class OrderWork {

  /** What an order begins with: plain variables, which cost a peer less than nested ones. */
  static final Map<String, Object> VARIABLES =
      Map.of("customer", "c-1", "sku", "A", "quantity", 2L, "price", 10L);

  private OrderWork() {}

  static void makeTables(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : new String[] {"payment", "shipment", "notification"}) {
        statement.execute(
            """
            create table if not exists %s (work_id varchar not null,
              instance_id varchar not null, order_id varchar not null,
              customer varchar not null, amount numeric, text varchar)
            """
                .formatted(table));
      }
      statement.execute("create index if not exists payment_of_instance on payment (instance_id)");
      statement.execute(
          "create table if not exists stock (sku varchar primary key, quantity bigint not null)");
      statement.execute(
          "insert into stock select chr(64 + n), 1000000 from generate_series(1, 3) n"
              + " on conflict do nothing");
    }
  }

  /**
   * Does the work of an activity.
   *
   * @param sku of what was ordered
   */
  static void perform(
      Connection connection,
      String activity,
      String instanceId,
      String orderId,
      String sku,
      long quantity,
      long total)
      throws SQLException {
    switch (activity) {
      case "check-order" -> find(connection, "select sku from stock where sku = ?", sku);
      case "reserve-stock" -> {
        find(connection, "select quantity from stock where sku = ? for update", sku);
        try (PreparedStatement take =
            connection.prepareStatement("update stock set quantity = quantity - ? where sku = ?")) {
          take.setLong(1, quantity);
          take.setString(2, sku);
          take.executeUpdate();
        }
      }
      case "charge-payment" -> insert(connection, "payment", instanceId, orderId, total);
      case "ship-order" -> insert(connection, "shipment", instanceId, orderId, total);
      case "notify-customer" -> insert(connection, "notification", instanceId, orderId, total);
      default -> throw new IllegalStateException(activity);
    }
  }

  private static void find(Connection connection, String sql, String sku) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, sku);
      try (ResultSet found = select.executeQuery()) {
        if (!found.next()) {
          throw new IllegalStateException("no sku " + sku);
        }
      }
    }
  }

  private static void insert(
      Connection connection, String table, String instanceId, String orderId, long total)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into %s (work_id, instance_id, order_id, customer, amount, text) values (?, ?, ?, 'c-1', ?, ?)"
                .formatted(table))) {
      insert.setString(1, instanceId + ":" + table);
      insert.setString(2, instanceId);
      insert.setString(3, orderId);
      insert.setBigDecimal(4, BigDecimal.valueOf(total));
      insert.setString(5, "Your order %s has been shipped.".formatted(orderId));
      insert.executeUpdate();
    }
  }
}
