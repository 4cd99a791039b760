package org.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.StreamMessage;
import java.io.Serializable;
import java.util.Map;

/**
 * A message to be made, of any kind that JMS has.
 *
 * @param mark by which it is known wherever it goes: its correlation id, and a property
 * @param queue the JMS queue's name
 * @param body of a text, as UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // Known by its mark, never compared; nobody changes it.
record Letter(
    String mark, String queue, Kind kind, Map<String, Serializable> properties, byte[] body)
    implements Serializable {

  /** The kinds of messages. */
  enum Kind {
    TEXT,
    BYTES,
    MAP,
    STREAM,
    OBJECT,
    PLAIN
  }

  /** A message with these properties and this body, and the mark. */
  Message with(JMSContext context) throws JMSException {
    Message message =
        switch (kind) {
          case TEXT -> context.createTextMessage(new String(body, UTF_8));
          case BYTES -> bytes(context);
          case MAP -> map(context);
          case STREAM -> stream(context);
          case OBJECT -> context.createObjectMessage(new String(body, UTF_8));
          case PLAIN -> context.createMessage();
        };
    for (Map.Entry<String, Serializable> property : properties.entrySet()) {
      message.setObjectProperty(property.getKey(), property.getValue());
    }
    message.setStringProperty("mark", mark);
    message.setJMSCorrelationID(mark);
    return message;
  }

  private Message bytes(JMSContext context) throws JMSException {
    BytesMessage message = context.createBytesMessage();
    message.writeBytes(body);
    return message;
  }

  private Message map(JMSContext context) throws JMSException {
    MapMessage message = context.createMapMessage();
    message.setBytes("body", body);
    return message;
  }

  private Message stream(JMSContext context) throws JMSException {
    StreamMessage message = context.createStreamMessage();
    message.writeBytes(body);
    return message;
  }
}
