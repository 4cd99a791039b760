package org.millrace.persistence;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/**
 * Sessions in the thread's JTA transaction.
 *
 * <p>A session joins the transaction when it is opened, and takes a connection only when it has a
 * statement; the data source gives every session of one transaction the same connection. Closing a
 * session early is safe: it hands the connection back, and leaves the outcome to the transaction.
 */
@Singleton
class JtaDatabase implements Database {

  @PersistenceUnit(unitName = "millrace")
  private EntityManagerFactory factory;

  @Override
  public <T> T with(Function<StatelessSession, T> work) {
    try (StatelessSession session = factory.unwrap(SessionFactory.class).openStatelessSession()) {
      return work.apply(session);
    }
  }
}
