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
import java.util.Map;
import org.millrace.execution.Dispatcher;
import org.millrace.execution.ReplyStore.ReplyTo;

/**
 * Keeps what is refused, with the reason, and tells its sender: in the transaction that took it.
 */
@Singleton
public class Rejections {

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
    jms.run(
        context -> {
          Message copy = copy(context, message);
          copy.setStringProperty("reason", reason);
          copy.setStringProperty("rejectedFrom", queue);
          context.createProducer().send(context.createQueue(Jms.REJECTED), copy);
        });
    try {
      ReplyTo replyTo = new Inbound(message).replyTo();
      if (replyTo != null) {
        dispatcher.reply(replyTo, Map.of("state", "rejected", "reason", reason), Map.of());
      }
    } catch (JMSException e) {
      throw new IllegalStateException("the refused message's reply address is unreadable", e);
    }
  }

  /** The same body, byte for byte, and the same properties, on a message that can be sent. */
  static Message copy(JMSContext context, Message message) throws JMSException {
    Map<String, Object> properties = properties(message);
    Message copy;
    if (message instanceof TextMessage text) {
      copy = context.createTextMessage(text.getText());
    } else if (message instanceof BytesMessage bytes) {
      BytesMessage same = context.createBytesMessage();
      byte[] body = new byte[(int) bytes.getBodyLength()];
      bytes.reset();
      bytes.readBytes(body);
      same.writeBytes(body);
      copy = same;
    } else {
      // Of a kind that is not read here: sent on as it is.
      copy = message;
      copy.clearProperties();
    }
    for (Map.Entry<String, Object> property : properties.entrySet()) {
      copy.setObjectProperty(property.getKey(), property.getValue());
    }
    copy.setJMSCorrelationID(message.getJMSCorrelationID());
    return copy;
  }

  /** A message's own properties, without the broker's. */
  static Map<String, Object> properties(Message message) throws JMSException {
    Map<String, Object> properties = new LinkedHashMap<>();
    Enumeration<?> names = message.getPropertyNames();
    while (names.hasMoreElements()) {
      String text = String.valueOf(names.nextElement());
      if (!text.startsWith("JMS") && !text.startsWith("_AMQ") && !text.startsWith("__AMQ")) {
        properties.put(text, message.getObjectProperty(text));
      }
    }
    return properties;
  }
}
