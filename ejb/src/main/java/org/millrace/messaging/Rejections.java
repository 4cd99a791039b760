package org.millrace.messaging;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.millrace.execution.Dispatcher;
import org.millrace.execution.ReplyStore.ReplyTo;

/**
 * Keeps what is refused, with the reason, and tells its sender: in the transaction that took it.
 */
@Singleton
public class Rejections {

  /** The properties that a refused message has more than it came with. */
  static final String REASON = "reason";

  static final String FROM = "rejectedFrom";

  /** The broker bounds what all properties take; a reason may quote what somebody has sent. */
  private static final int LONGEST = 4_000;

  private static final List<String> BROKERS_OWN =
      List.of("JMS", "_AMQ", "__AMQ", Inbound.AMQP_MESSAGE_ID);

  private final Jms jms;
  private final Dispatcher dispatcher;

  @Inject
  public Rejections(Jms jms, Dispatcher dispatcher) {
    this.jms = jms;
    this.dispatcher = dispatcher;
  }

  /**
   * Refuses a message.
   *
   * @param queue the queue it came from
   * @param reason what is wrong with it, and what to do
   */
  public void refuse(Message message, String queue, String reason) {
    String said = reason.length() > LONGEST ? reason.substring(0, LONGEST) + "…" : reason;
    jms.run(
        context -> {
          Map<String, Object> properties = properties(message);
          properties.put(REASON, said);
          properties.put(FROM, queue);
          send(context, Jms.REJECTED, message, properties);
        });
    try {
      ReplyTo replyTo = new Inbound(message).replyTo();
      if (replyTo != null) {
        dispatcher.reply(replyTo, Map.of("state", "rejected", "reason", said), Map.of());
      }
    } catch (BadMessage e) {
      // Its reply address is what is wrong with it: nobody can be told.
    } catch (JMSException e) {
      throw new IllegalStateException("the refused message's reply address is unreadable", e);
    }
  }

  /**
   * Sends a message on to another queue: the same body, byte for byte, the same priority, the same
   * reply address.
   *
   * @param properties all that it has there
   */
  static void send(
      JMSContext context, String queue, Message message, Map<String, Object> properties)
      throws JMSException {
    Message copy = copy(context, message);
    for (Map.Entry<String, Object> property : properties.entrySet()) {
      set(copy, property.getKey(), property.getValue());
    }
    copy.setJMSReplyTo(message.getJMSReplyTo());
    copy.setJMSCorrelationID(Inbound.correlationId(message));
    Jms.producer(context)
        .setPriority(message.getJMSPriority())
        .send(context.createQueue(queue), copy);
  }

  /** JMS knows only names that are Java's; STOMP's own {@code content-length} is none. */
  private static void set(Message message, String name, Object value) throws JMSException {
    if (message instanceof ActiveMQMessage ours) {
      ours.getCoreMessage().putObjectProperty(SimpleString.of(name), value);
    } else {
      message.setObjectProperty(name, value);
    }
  }

  private static Message copy(JMSContext context, Message message) throws JMSException {
    if (message instanceof TextMessage text) {
      return context.createTextMessage(text.getText());
    }
    if (message instanceof BytesMessage bytes) {
      BytesMessage copy = context.createBytesMessage();
      copy.writeBytes(Inbound.content(bytes));
      return copy;
    }
    // Of a kind that is not read here: sent on as it is.
    message.clearProperties();
    return message;
  }

  /** A message's own properties, without those that the broker or its protocols added. */
  static Map<String, Object> properties(Message message) throws JMSException {
    Map<String, Object> properties = new LinkedHashMap<>();
    Enumeration<?> names = message.getPropertyNames();
    while (names.hasMoreElements()) {
      String text = String.valueOf(names.nextElement());
      if (BROKERS_OWN.stream().noneMatch(text::startsWith)) {
        properties.put(text, message.getObjectProperty(text));
      }
    }
    return properties;
  }
}
