package org.millrace.h2;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file is tidied up while there is work: a piece of it of which little is in use is not kept
 * for ever, on the disk and in the heap.
 */
class TidyTest {

  private static final int ROWS = 2_000;
  private static final String TEXT = "x".repeat(1_000);

  @TempDir Path folder;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final JdbcDataSource database = new JdbcDataSource();

  @BeforeEach
  void open() {
    // What is no longer used may be written over at once.
    database.setURL(
        "jdbc:h2:file:" + folder.resolve("database") + ";WRITE_DELAY=0;RETENTION_TIME=0");
    database.setUser("millrace");
  }

  @Test
  void givenEachCommitIsWrittenAtOnce_whenThereIsAlwaysWork_thenOldPiecesOfTheFileGo()
      throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table work (id varchar primary key, text varchar)");
      try (PreparedStatement insert =
          connection.prepareStatement("insert into work values (?, ?)")) {
        for (int i = 0; i < ROWS; i++) {
          insert.setString(1, UUID.randomUUID().toString());
          insert.setString(2, TEXT);
          insert.execute();
        }
      }
      ExecutorService thread = Executors.newSingleThreadExecutor();
      Future<?> work = thread.submit(this::workOn);
      try {
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> pieces(statement), pieces -> pieces < ROWS / 5);
      } finally {
        ending.set(true);
        thread.shutdown();
      }
      work.get();
      statement.execute("shutdown immediately");
    }
  }

  /** Until it is told to end: an interrupt would close the file. */
  private void workOn() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table busy (n int)");
      statement.execute("insert into busy values (0)");
      while (!ending.get()) {
        statement.execute("update busy set n = n + 1");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int pieces(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "select setting_value from information_schema.settings"
                + " where setting_name = 'info.CHUNK_COUNT'")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
