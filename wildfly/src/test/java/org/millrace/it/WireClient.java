package org.millrace.it;

import java.time.Duration;
import java.util.Map;

/** What any of the three kinds of clients can do, in words that they share. */
interface WireClient extends AutoCloseable {

  /** The broker said no: who logs in, sends or consumes is not allowed to. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A message to be sent. */
  record Outgoing(String body, Map<String, ?> properties, String replyTo, String correlationId) {

    Outgoing(String body, Map<String, ?> properties) {
      this(body, properties, null, null);
    }
  }

  /** Messages of one queue, in their order. */
  interface Inbox {
    /** The next message, acknowledged, or null if none comes in time. */
    WireMessage receive(Duration timeout);
  }

  /**
   * Sends a durable message and returns when the broker has it.
   *
   * @param queue the JMS queue's name, such as {@code millrace.start}
   * @throws Refused if this user may not
   */
  void send(String queue, Outgoing message);

  /**
   * Begins to consume.
   *
   * @param queue the JMS queue's name
   * @throws Refused if this user may not
   */
  Inbox consume(String queue);

  /**
   * Subscribes to a topic, for as long as this client is there.
   *
   * @param topic the JMS topic's name
   * @throws Refused if this user may not
   */
  Inbox subscribe(String topic);

  @Override
  void close();
}
