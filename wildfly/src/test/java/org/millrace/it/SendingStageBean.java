package org.millrace.it;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.lang.management.ManagementFactory;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Passes its message on, and counts the branches that the broker has prepared for that. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(propertyName = "useJNDI", propertyValue = "false"),
      @ActivationConfigProperty(
          propertyName = "destination",
          propertyValue = SendingStageBean.QUEUE)
    })
public class SendingStageBean implements MessageListener {

  static final String QUEUE = "millrace.stage.sending-platform-test";

  private static final BlockingQueue<Integer> BRANCHES = new LinkedBlockingQueue<>();

  @Resource(lookup = "java:/JmsXA")
  ConnectionFactory jms;

  @Resource(lookup = "java:jboss/TransactionManager")
  TransactionManager transactions;

  static BlockingQueue<Integer> branches() {
    return BRANCHES;
  }

  @Override
  public void onMessage(Message message) {
    try (JMSContext context = jms.createContext()) {
      context.createProducer().send(context.createQueue(UnconfiguredStageBean.QUEUE), message);
      transactions.getTransaction().enlistResource(new Counter());
    } catch (RollbackException | SystemException e) {
      throw new EJBException(e);
    }
  }

  /** Takes part after the others: when it is asked to prepare, they have. */
  private static final class Counter implements XAResource {

    @Override
    public int prepare(Xid transaction) throws XAException {
      try {
        String[] prepared =
            (String[])
                ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                        new ObjectName("org.apache.activemq.artemis:broker=\"default\""),
                        "listPreparedTransactions",
                        new Object[0],
                        new String[0]);
        BRANCHES.add(prepared.length);
        return XA_RDONLY;
      } catch (JMException e) {
        throw (XAException) new XAException(XAException.XAER_RMERR).initCause(e);
      }
    }

    @Override
    public boolean isSameRM(XAResource other) {
      return other == this;
    }

    @Override
    public void start(Xid transaction, int flags) {}

    @Override
    public void end(Xid transaction, int flags) {}

    @Override
    public void commit(Xid transaction, boolean onePhase) {}

    @Override
    public void rollback(Xid transaction) {}

    @Override
    public void forget(Xid transaction) {}

    @Override
    public Xid[] recover(int flag) {
      return new Xid[0];
    }

    @Override
    public int getTransactionTimeout() {
      return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
      return false;
    }
  }
}
