package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;

/** One who takes part. */
interface Contender extends AutoCloseable {

  String name();

  /** Its versions and how it is tuned, for the table's foot. */
  String settings();

  /**
   * Begins instances of a process with the business keys {@code key-0} to {@code key-(number-1)};
   * returns when it has, whether they have ended or not.
   */
  void begin(String process, String key, int number) throws IOException;

  /** How many of these have ended as they should, with all their history, and when the last did. */
  Ended ended(String process, String key) throws SQLException;

  /** Called when all of a run have ended, so that nobody disturbs the next one's turn. */
  default void rest() throws IOException {}

  @Override
  void close();

  /**
   * What the database says.
   *
   * @param atMillis when the last one ended, since the epoch
   */
  record Ended(int number, long atMillis) {}
}
