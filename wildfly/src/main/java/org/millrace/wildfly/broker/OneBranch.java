package org.millrace.wildfly.broker;

import java.util.Map;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.service.extensions.xa.ActiveMQXAResourceWrapperImpl;
import org.jboss.tm.XAResourceWrapper;

/**
 * A session with the broker, as the transaction manager sees it. A message bean has two in a
 * transaction: the one that its message came by, and the one by which it sends. WildFly's own
 * wrapper does not see that both are of the same broker, since the second comes in one more
 * wrapping, the connection pool's; so each got a branch of its own, with two forced writes. This
 * one looks through all wrappings: the second session joins the first one's branch (XA
 * specification 3.2.1, {@code TMJOIN}).
 *
 * <p>To the transaction manager and the connection pool alike it says its name, with the broker's
 * node in it: by this name the recovery knows that a branch of a decision is there no more.
 *
 * <p>Like any session, it is used by one thread at a time.
 */
final class OneBranch extends ActiveMQXAResourceWrapperImpl
    implements XAResourceWrapper, org.jboss.jca.core.spi.transaction.xa.XAResourceWrapper {

  /** Whether this session works for a transaction: from start to end. */
  private boolean started;

  OneBranch(XAResource session, Map<String, Object> properties) {
    super(session, properties);
  }

  @Override
  public boolean isSameRM(XAResource other) throws XAException {
    XAResource session = other;
    while (session instanceof XAResourceWrapper wrapper) {
      session = wrapper.getResource();
    }
    return super.isSameRM(session);
  }

  @Override
  public synchronized void start(Xid transaction, int flags) throws XAException {
    super.start(transaction, flags);
    started = true;
  }

  /**
   * Ends once. The transaction manager ends a session that has joined when its connection goes back
   * to the pool, and again with the branch.
   */
  @Override
  public synchronized void end(Xid transaction, int flags) throws XAException {
    if (started) {
      started = false;
      super.end(transaction, flags);
    }
  }

  /**
   * Sets none: the transaction manager itself rolls back what takes too long, and to tell the
   * broker each time would be a call to it and back. (The broker has a bound of its own beside it.)
   */
  @Override
  public boolean setTransactionTimeout(int seconds) {
    return false;
  }
}
