package org.millrace.persistence;

import java.util.function.Function;
import org.hibernate.StatelessSession;

/** Where the stores get their session from. */
interface Database {

  /** Does some work in the transaction that the caller has begun. The session is for it alone. */
  <T> T with(Function<StatelessSession, T> work);
}
