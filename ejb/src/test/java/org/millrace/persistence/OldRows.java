package org.millrace.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.millrace.json.Json;

/**
 * The rows that an older version of the engine wrote, taken from its own code: a row on each line
 * of {@code db/rows-of-V1.jsonl} and so on.
 */
final class OldRows {

  private OldRows() {}

  /** Inserts the rows as they were. */
  static void insert(DataSource dataSource, String version) {
    String name = "/db/rows-of-V" + version + ".jsonl";
    try (InputStream in = requireNonNull(OldRows.class.getResourceAsStream(name));
        Connection connection = dataSource.getConnection()) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        for (Map.Entry<String, Object> row : Json.readObject(line).entrySet()) {
          insert(connection, row.getKey(), (Map<?, ?>) row.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void insert(Connection connection, String table, Map<?, ?> row)
      throws SQLException {
    List<String> columns = row.keySet().stream().map(String::valueOf).toList();
    String places = String.join(", ", Collections.nCopies(columns.size(), "?"));
    String sql =
        "insert into %s (%s) values (%s)".formatted(table, String.join(", ", columns), places);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < columns.size(); i++) {
        statement.setObject(i + 1, value(columns.get(i), row.get(columns.get(i))));
      }
      statement.executeUpdate();
    }
  }

  private static Object value(String column, Object value) {
    if (column.equals("xml")) {
      return Base64.getDecoder().decode((String) value);
    }
    return column.endsWith("_at") || column.equals("due") || column.equals("since")
        ? Instant.parse((String) value).atOffset(ZoneOffset.UTC)
        : value;
  }
}
