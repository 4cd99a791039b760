package org.millrace.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** One who takes part. */
interface Contender extends AutoCloseable {

  String name();

  /** Its versions and how it is tuned, for the table's foot. */
  String settings();

  /**
   * Begins instances with the business keys {@code key-0} to {@code key-(number-1)}; returns when
   * it has, whether they have ended or not.
   */
  void begin(Race race, String key, int number) throws IOException;

  /**
   * Begins instances one after the other, each in its own time, and returns at once.
   *
   * @param firstMillis when the first one begins, since the epoch
   * @param intervalMillis after which the next one does
   */
  void beginPaced(Race race, String key, int number, long firstMillis, int intervalMillis)
      throws IOException;

  /** How long these took, from when each was to begin until the database says it had ended. */
  Latencies latencies(String key, long firstMillis, int intervalMillis) throws SQLException;

  /** How many instances wait for a message of this name. */
  int waitingFor(String message) throws SQLException;

  /** Sends a message to each of these. */
  void send(String message, String key, int number) throws IOException;

  /** How many of these have ended as they should, with all their history, and when the last did. */
  Ended ended(Race race, String key) throws SQLException;

  /** Whether it takes part in this. */
  default boolean knows(Race race) {
    return true;
  }

  /** Called when all of a run have ended, so that nobody disturbs the next one's turn. */
  default void rest() throws IOException {}

  /** What its JVM has used of the processors so far. */
  Duration cpu();

  @Override
  void close();

  /** What processes have used of the processors so far. */
  static Duration cpu(Stream<ProcessHandle> processes) {
    return processes
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * What the database says.
   *
   * @param atMillis when the last one ended, since the epoch
   */
  record Ended(int number, long atMillis) {}

  /** In milliseconds. */
  record Latencies(double p50, double p99, double worst) {

    /** What a query for one number for each instance gives. */
    static Latencies of(DataSource database, String sql) throws SQLException {
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  """
                  select percentile_cont(0.5) within group (order by ms),
                    percentile_cont(0.99) within group (order by ms), max(ms) from (%s) l (ms)
                  """
                      .formatted(sql))) {
        rows.next();
        return new Latencies(rows.getDouble(1), rows.getDouble(2), rows.getDouble(3));
      }
    }
  }
}
