package org.millrace.wildfly.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnsweredLatelyTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // It may well overflow.
  private final AnsweredLately check = new AnsweredLately(nanos::get);

  @Test
  void givenAConnectionThatAnsweredLately_whenItIsTaken_thenItIsNotAskedAgain() throws Exception {
    try (Connection connection = connect()) {
      assertThat(isAlive(connection)).isTrue();
      end(connection);
      pass(Duration.ofMillis(499));

      assertThat(isAlive(connection)).isTrue();
    }
  }

  @Test
  void givenAConnectionThatAnsweredHalfASecondAgo_whenItIsTaken_thenItIsAsked() throws Exception {
    try (Connection connection = connect()) {
      assertThat(isAlive(connection)).isTrue();
      pass(Duration.ofMillis(250));
      assertThat(isAlive(connection)).isTrue();
      end(connection);
      pass(Duration.ofMillis(250));

      assertThat(isAlive(connection)).isFalse();
      assertThat(isAlive(connection)).isFalse();
    }
  }

  @Test
  void givenAConnectionThatNeverAnswered_whenItIsTaken_thenItIsAsked() throws Exception {
    try (Connection ended = connect();
        Connection other = connect()) {
      assertThat(isAlive(other)).isTrue();
      end(ended);

      assertThat(isAlive(ended)).isFalse();
    }
  }

  /** With any database that there is. */
  private static Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:mem:");
  }

  private static void end(Connection connection) throws SQLException {
    connection.close();
  }

  private boolean isAlive(Connection connection) {
    return check.isValidConnection(connection) == null;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
