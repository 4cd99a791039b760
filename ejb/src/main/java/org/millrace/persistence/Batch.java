package org.millrace.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import org.hibernate.StatelessSession;

/** One statement for any number of rows, in their order: one round trip. */
final class Batch {

  private Batch() {}

  /** Sets the parameters of a statement for a row. */
  @FunctionalInterface
  interface Setting<T> {
    void set(PreparedStatement statement, T row) throws SQLException;
  }

  /**
   * Executes it.
   *
   * @return how many rows of the table each of these concerned, as JDBC has it
   */
  static <T> int[] execute(
      StatelessSession session, String sql, Collection<T> rows, Setting<T> setting) {
    return rows.isEmpty()
        ? new int[0]
        : session.doReturningWork(connection -> execute(connection, sql, rows, setting));
  }

  private static <T> int[] execute(
      Connection connection, String sql, Collection<T> rows, Setting<T> setting)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      // The server keeps statements prepared, with the rows of a batch that came to no end.
      statement.clearBatch();
      for (T row : rows) {
        setting.set(statement, row);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }
}
