package org.millrace.wildfly.postgresql;

import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.postgresql.core.BaseConnection;
import org.postgresql.xa.PGXAConnection;
import org.postgresql.xa.PGXADataSource;

/**
 * The driver's XA data source, of which a prepared transaction that could not be settled is one to
 * be settled later.
 *
 * <p>The driver reports most failures of {@code COMMIT PREPARED} as XAER_RMERR, also that the
 * database is being stopped (SQLSTATE 57P01). To a transaction manager this means that nobody knows
 * what became of the branch, and that a person has to look. But PostgreSQL keeps it, with its
 * locks, until it is settled; and who settles it a second time is told that it is not there
 * (XAER_NOTA). So it can be tried again, and XAER_RMFAIL says so.
 */
public class RetryingDataSource extends PGXADataSource {

  private static final long serialVersionUID = 1L;

  @Override
  public XAConnection getXAConnection(String user, String password) throws SQLException {
    return new Retrying((BaseConnection) getConnection(user, password));
  }

  private static final class Retrying extends PGXAConnection {

    Retrying(BaseConnection connection) throws SQLException {
      super(connection);
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
      try {
        super.commit(xid, onePhase);
      } catch (XAException e) {
        throw onePhase ? e : toBeRetried(e);
      }
    }

    private static XAException toBeRetried(XAException failure) {
      if (failure.errorCode == XAException.XAER_RMERR) {
        failure.errorCode = XAException.XAER_RMFAIL;
      }
      return failure;
    }
  }
}
