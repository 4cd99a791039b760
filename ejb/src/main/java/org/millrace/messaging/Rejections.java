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

  /** In characters; a reason may quote what somebody has sent. */
  private static final int LONGEST_REASON = 4_000;

  /**
   * What a message's properties may take together, in characters, names included. The broker bounds
   * that for its own clients ({@code AMQ219022}), but not for those who come by AMQP or STOMP.
   */
  private static final int ROOM = 32_000;

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
    String said = Excerpt.of(reason, LONGEST_REASON);
    jms.run(
        context -> {
          Map<String, Object> properties = withinRoom(properties(message));
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
   * reply address, unless no reply could go there.
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
    copy.setJMSReplyTo(ReplyAddress.within(Inbound.MAX_PROPERTY, message.getJMSReplyTo()));
    copy.setJMSCorrelationID(Excerpt.of(Inbound.correlationId(message), Inbound.MAX_PROPERTY));
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

  /** As many of the properties as there is room for, each as long as one may be. */
  private static Map<String, Object> withinRoom(Map<String, Object> properties) {
    Map<String, Object> kept = new LinkedHashMap<>();
    int room = ROOM;
    for (Map.Entry<String, Object> property : properties.entrySet()) {
      room -= property.getKey().length();
      Object value = property.getValue();
      if (room > 0) {
        Object some = value instanceof String text ? Excerpt.of(text, Inbound.MAX_PROPERTY) : value;
        kept.put(property.getKey(), some);
        room -= String.valueOf(some).length();
      }
    }
    return kept;
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
