package org.millrace.messaging;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.JMSException;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whom the BPMN messages are for that were set aside: what comes after them for the same instance
 * waits behind them.
 */
@Singleton
public class LateEvents {

  /** Whom a message is for, as far as it says so itself. */
  private record Addressee(@Nullable String instanceId, @Nullable String businessKey) {

    static Addressee of(Inbound message) throws JMSException {
      return new Addressee(message.text("instanceId"), message.text("businessKey"));
    }

    /**
     * No two of these name different ones. Where one of them does not say, they may be the same.
     */
    boolean maybe(Addressee other) {
      return !differ(instanceId, other.instanceId) && !differ(businessKey, other.businessKey);
    }

    private static boolean differ(@Nullable String one, @Nullable String other) {
      return one != null && other != null && !Objects.equals(one, other);
    }
  }

  private final BrokerQueues queues;

  @Resource private TransactionSynchronizationRegistry transaction;

  private final Set<Addressee> tried = ConcurrentHashMap.newKeySet();

  /** What lies there since before the server started: nobody knows whom that is for. */
  private volatile boolean unknown = true;

  @Inject
  public LateEvents(BrokerQueues queues) {
    this.queues = queues;
  }

  /** Whether any have been set aside and not been served yet. */
  boolean areThere() {
    return queues.count(Jms.LATE) > 0;
  }

  /** Whether a message for the same instance may have been set aside and not been served yet. */
  boolean mayBeBefore(Inbound message) throws JMSException {
    if (!areThere()) {
      unknown = false;
      tried.clear();
      return false;
    }
    Addressee addressee = Addressee.of(message);
    return unknown || tried.stream().anyMatch(addressee::maybe);
  }

  /**
   * Notes a message that is tried again, and set aside if it fails once more; forgets it when it is
   * served. It may have failed only because it was in a group with another one.
   */
  void tried(Inbound message) throws JMSException {
    if (message.message().getIntProperty("JMSXDeliveryCount") > 1) {
      Addressee addressee = Addressee.of(message);
      tried.add(addressee);
      AfterCompletion forgetting =
          status -> {
            if (status == Status.STATUS_COMMITTED) {
              tried.remove(addressee);
            }
          };
      transaction.registerInterposedSynchronization(forgetting);
    }
  }
}
