package org.millrace.examples.order;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The stock, which is a handful of rows. Many orders are done in one transaction, each with skus of
 * its own: two transactions that locked no more than each order needs would hold each other up. So
 * whoever changes the stock locks all of it before.
 */
final class Stock {

  private Stock() {}

  /** Locks all rows, always in one order; returns the quantity of each sku. */
  static Map<String, Long> lock(Connection connection) throws SQLException {
    try (PreparedStatement lock =
            connection.prepareStatement("select sku, quantity from stock order by sku for update");
        ResultSet rows = lock.executeQuery()) {
      Map<String, Long> quantities = new TreeMap<>();
      while (rows.next()) {
        quantities.put(rows.getString("sku"), rows.getLong("quantity"));
      }
      return quantities;
    }
  }
}
