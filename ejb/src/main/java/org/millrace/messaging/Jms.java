package org.millrace.messaging;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The server's pooled XA connections to its broker, and the names of the engine's queues and topic.
 */
@Singleton
public class Jms {

  static final String STAGE = "millrace.stage.";
  static final String LISTENER = "millrace.listener";
  static final String SIGNAL = "millrace.signal";
  static final String TIMER = "millrace.timer";
  static final String LATE = "millrace.late";
  static final String CALL = "millrace.call";
  static final String REJECTED = "millrace.rejected";
  static final String DEAD = "millrace.dead";

  /** A queue's address in the broker: this, and its name. */
  static final String ADDRESS = "jms.queue.";

  @Resource(lookup = "java:/JmsXA")
  private ConnectionFactory connections;

  private final Sending sending;

  /** All that were ever asked for; there are as many as stages. */
  private final Map<String, Queue> queues = new ConcurrentHashMap<>();

  /** The session of a transaction; one that is begun within it has another. */
  private record Shared(JMSContext context, @Nullable Object transaction) {}

  /** What the thread does together. */
  private final ThreadLocal<@Nullable Shared> together = new ThreadLocal<>();

  /** For the container, which sets the rest. */
  @Inject
  public Jms(Sending sending) {
    this.sending = sending;
  }

  Jms(ConnectionFactory connections) {
    this(new Sending());
    this.connections = connections;
  }

  /** Something to be done with a session of the transaction that is under way. */
  @FunctionalInterface
  interface Use {
    void with(JMSContext context) throws JMSException;
  }

  /** Does some work with one session for all that is {@link #run} in it. */
  void together(Runnable work) {
    if (shared() != null) {
      work.run();
      return;
    }
    Shared outer = together.get();
    try (JMSContext context = connections.createContext()) {
      together.set(new Shared(context, sending.transaction()));
      work.run();
    } finally {
      together.set(outer);
    }
  }

  /** The session that is shared in the transaction under way; null if none is. */
  private @Nullable JMSContext shared() {
    Shared some = together.get();
    return some != null && Objects.equals(some.transaction(), sending.transaction())
        ? some.context()
        : null;
  }

  /**
   * A queue, for any session. To make one costs a question to the broker and its answer, so none is
   * made twice.
   */
  Queue queue(JMSContext context, String name) {
    return queues.computeIfAbsent(name, context::createQueue);
  }

  /** The name of the queue that has this address. Another address stays as it is. */
  static String queueName(String address) {
    return address.startsWith(ADDRESS) ? address.substring(ADDRESS.length()) : address;
  }

  /**
   * A producer that sends at once and with the usual priority, until it is told otherwise. The
   * client gives each that a session is asked for what the one before was told: a reply would come
   * when a timer is due that was set in the same transaction.
   */
  static JMSProducer producer(JMSContext context) {
    return context
        .createProducer()
        .setDeliveryDelay(Message.DEFAULT_DELIVERY_DELAY)
        .setPriority(Message.DEFAULT_PRIORITY);
  }

  void run(Use use) {
    sending.sender();
    JMSContext shared = shared();
    try {
      if (shared != null) {
        use.with(shared);
      } else {
        try (JMSContext context = connections.createContext()) {
          use.with(context);
        }
      }
    } catch (JMSException e) {
      throw (JMSRuntimeException)
          new JMSRuntimeException(e.getMessage(), e.getErrorCode()).initCause(e);
    }
  }
}
