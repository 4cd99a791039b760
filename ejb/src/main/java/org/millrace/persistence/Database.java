package org.millrace.persistence;

import java.util.function.Function;
import org.hibernate.StatelessSession;

/** Where the stores get their session from. */
interface Database {

  /** Does some work in the transaction that the caller has begun. The session is for it alone. */
  <T> T with(Function<StatelessSession, T> work);

  /** For the little that PostgreSQL and H2 do not say in the same words. */
  static boolean isPostgresql(StatelessSession session) {
    return session
        .doReturningWork(connection -> connection.getMetaData().getDatabaseProductName())
        .equals("PostgreSQL");
  }
}
