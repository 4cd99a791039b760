package org.millrace.examples.order;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Both databases that the example runs on. Each lives as long as the tests' JVM. */
enum Database {
  H2 {
    @Override
    DataSource open() {
      JdbcDataSource database = new JdbcDataSource();
      database.setURL("jdbc:h2:mem:order;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
      return database;
    }
  },
  POSTGRESQL {
    @Override
    DataSource open() {
      return EmbeddedServer.DATABASE;
    }
  };

  abstract DataSource open();

  /** The database with its tables just made. */
  DataSource fresh() throws SQLException {
    DataSource database = open();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists stock, payment, shipment, notification");
    }
    Tables tables = new Tables();
    tables.database = database;
    tables.create();
    return database;
  }

  /** The rows that a query finds, their columns joined by blanks. */
  List<String> rows(String query) throws SQLException {
    try (Connection connection = open().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        List<String> columns = new ArrayList<>();
        for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
          columns.add(found.getString(column));
        }
        rows.add(String.join(" ", columns));
      }
      return rows;
    }
  }

  /** Gives the same connection each time and keeps it open, as in a transaction of the server's. */
  static DataSource of(Connection connection) {
    Connection kept =
        as(
            Connection.class,
            (method, arguments) ->
                method.getName().equals("close") ? null : method.invoke(connection, arguments));
    return as(DataSource.class, (method, arguments) -> kept);
  }

  private interface Calls {
    Object invoke(Method method, Object[] arguments) throws ReflectiveOperationException;
  }

  private static <T> T as(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            Database.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> calls.invoke(method, arguments)));
  }

  private static final class EmbeddedServer {
    static final DataSource DATABASE = start();

    private static DataSource start() {
      try {
        return EmbeddedPostgres.start().getPostgresDatabase();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
