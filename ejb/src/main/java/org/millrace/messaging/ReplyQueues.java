package org.millrace.messaging;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Removes the queues of replies that are empty and that nobody uses, once two looks in a row have
 * found them so. Asks the broker in this server alone, never the database.
 *
 * <p>The broker could do it by itself, but does so while it starts, without minding what is
 * prepared: after a crash the reply of a transaction in doubt went to a queue that was no longer
 * there. So nothing is removed here as long as anything is prepared.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ReplyQueues {

  private static final String REPLIES = Jms.ADDRESS + "millrace.reply.";

  /** In seconds. */
  private static final int PAUSE = 10;

  @Inject private ScheduledExecutorService executor;
  @Inject private Sending sending;

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private @Nullable ScheduledFuture<?> looking;
  private Set<ObjectName> idle = Set.of();

  /** By time that nobody sets: a calendar would stand still where the clock is set back. */
  @PostConstruct
  void begin() {
    looking = executor.scheduleWithFixedDelay(this::look, PAUSE, PAUSE, TimeUnit.SECONDS);
  }

  @PreDestroy
  void end() {
    if (looking != null) {
      looking.cancel(false);
    }
  }

  /** Looks at them. Looks do not overlap. */
  private void look() {
    try {
      Set<ObjectName> now = idleNow();
      now.stream().filter(idle::contains).forEach(this::remove);
      idle = now;
    } catch (JMException | RuntimeException e) {
      // One that has gone meanwhile, or is in use again: the next look tells, and must come.
      System.getLogger(ReplyQueues.class.getName())
          .log(System.Logger.Level.DEBUG, "the queues of replies could not be tidied", e);
      idle = Set.of();
    }
  }

  private Set<ObjectName> idleNow() throws JMException {
    Set<ObjectName> found = new HashSet<>();
    ObjectName broker = new ObjectName(BrokerQueues.BROKER);
    if (!beans.isRegistered(broker) || anyPrepared(broker)) {
      return found;
    }
    ObjectName queues =
        new ObjectName(BrokerQueues.BROKER + ",component=addresses,subcomponent=queues,*");
    for (ObjectName bean : beans.queryNames(queues, null)) {
      if (name(bean).startsWith(REPLIES) && isIdle(bean)) {
        found.add(bean);
      }
    }
    return found;
  }

  private static String name(ObjectName bean) {
    return ObjectName.unquote(bean.getKeyProperty("queue"));
  }

  private boolean isIdle(ObjectName bean) throws JMException {
    return isZero(bean, "MessageCount") && isZero(bean, "ConsumerCount");
  }

  private boolean anyPrepared(ObjectName broker) throws JMException {
    Object prepared =
        beans.invoke(broker, "listPreparedTransactions", new Object[0], new String[0]);
    return ((String[]) prepared).length > 0;
  }

  private boolean isZero(ObjectName bean, String attribute) throws JMException {
    return ((Number) beans.getAttribute(bean, attribute)).longValue() == 0;
  }

  /** A reply that is on its way cannot be seen in its queue, and would be lost with that. */
  private void remove(ObjectName bean) {
    String queue = name(bean);
    sending.unlessReplying(
        queue,
        () -> {
          try {
            if (isIdle(bean)) {
              destroy(queue);
            }
          } catch (JMException e) {
            throw new IllegalStateException("the queue " + queue + " could not be removed", e);
          }
        });
  }

  /** The broker refuses if a consumer has come meanwhile. The address goes with its last queue. */
  private void destroy(String queue) throws JMException {
    beans.invoke(
        new ObjectName(BrokerQueues.BROKER),
        "destroyQueue",
        new Object[] {queue, false, true},
        new String[] {String.class.getName(), boolean.class.getName(), boolean.class.getName()});
  }
}
