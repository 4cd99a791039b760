package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;

/** One who takes part. */
interface Contender extends AutoCloseable {

  String name();

  /** Its versions and how it is tuned, for the table's foot. */
  String settings();

  /**
   * Begins instances with the business keys {@code key-0} to {@code key-(number-1)}; returns when
   * it has, whether they have ended or not.
   */
  void begin(Workload workload, String key, int number) throws IOException;

  /** How many of these have ended as they should, with all their history, and when the last did. */
  Ended ended(Workload workload, String key) throws SQLException;

  /** Whether it takes part in this. */
  default boolean knows(Workload workload) {
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
}
