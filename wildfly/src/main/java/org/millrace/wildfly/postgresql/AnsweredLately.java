package org.millrace.wildfly.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;
import org.jboss.jca.adapters.jdbc.extensions.novendor.JDBC4ValidConnectionChecker;
import org.jboss.jca.adapters.jdbc.spi.ValidConnectionChecker;
import org.jspecify.annotations.Nullable;

/**
 * Asks a connection that is taken from the pool whether it is alive, unless it has answered within
 * the last half second: the question is a way to the database and back, and where work is alone it
 * stands in line with everything else.
 *
 * <p>So a connection may be handed out whose database ended half a second ago. Its first statement
 * fails, as those of connections in use do; the transaction is rolled back, and the message comes
 * again.
 *
 * <p>One for all connections of the pool, asked by any thread.
 */
public final class AnsweredLately implements ValidConnectionChecker {

  private static final long LATELY_NANOS = 500_000_000;

  private final ValidConnectionChecker question = new JDBC4ValidConnectionChecker();
  private final LongSupplier nanos;

  /** When each answered last; one that the pool has closed is forgotten. */
  private final Map<Connection, Long> answers = Collections.synchronizedMap(new WeakHashMap<>());

  /** For the pool. */
  public AnsweredLately() {
    this(System::nanoTime);
  }

  AnsweredLately(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public @Nullable SQLException isValidConnection(Connection connection) {
    Long answered = answers.get(connection);
    if (answered != null && nanos.getAsLong() - answered < LATELY_NANOS) {
      return null;
    }
    SQLException failure = question.isValidConnection(connection);
    if (failure == null) {
      answers.put(connection, nanos.getAsLong());
    }
    return failure;
  }
}
