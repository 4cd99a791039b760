package org.millrace.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.ReplyStore.ReplyTo;
import org.millrace.json.Json;
import org.millrace.json.JsonException;

/**
 * A message from outside, read as the contract says. Properties may come as text whatever their
 * type: STOMP knows no other.
 */
record Inbound(Message message) {

  static final int MAX_PROPERTY = 4096;

  /** Where the broker keeps the id of a message that came by AMQP; it makes a JMSMessageID anew. */
  static final String AMQP_MESSAGE_ID = "NATIVE_MESSAGE_ID";

  /**
   * A property that must be there.
   *
   * @throws BadMessage if it is not
   */
  String required(String name) throws JMSException {
    return required(name, text(name));
  }

  static String required(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw new BadMessage("the property \"" + name + "\" is missing");
    }
    return value;
  }

  /** A property, null if it is not there. */
  @Nullable String text(String name) throws JMSException {
    Object value = message.getObjectProperty(name);
    if (value == null) {
      return null;
    }
    String text = value.toString();
    requireText("the property \"" + name + "\"", text);
    return text;
  }

  /**
   * A property that says something to people, null if it is not there: as much of it as there is
   * room for, and readable.
   */
  @Nullable String excerpt(String name) throws JMSException {
    Object value = message.getObjectProperty(name);
    return value == null ? null : Excerpt.of(Json.storable(value.toString()), MAX_PROPERTY);
  }

  long number(String name, long min, long max, long whenAbsent) throws JMSException {
    String text = text(name);
    if (text == null) {
      return whenAbsent;
    }
    try {
      long number = Long.parseLong(text.strip());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new BadMessage(
        "the property \"%s\" is \"%s\", not a whole number from %d to %d"
            .formatted(name, text, min, max));
  }

  boolean flag(String name, boolean whenAbsent) throws JMSException {
    String text = text(name);
    if (text == null) {
      return whenAbsent;
    }
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new BadMessage(
        "the property \"%s\" is \"%s\", neither true nor false".formatted(name, text));
  }

  /**
   * The body as variables.
   *
   * @throws BadMessage if it is no JSON object, too large or too deep
   */
  Map<String, Object> variables() throws JMSException {
    return variables(Json.MAX_BYTES);
  }

  Map<String, Object> variables(int maxBytes) throws JMSException {
    try {
      if (message instanceof TextMessage text) {
        String body = text.getText();
        return body == null ? Map.of() : Json.readObject(body, maxBytes);
      }
      return Json.readObject(bytes(), maxBytes);
    } catch (JsonException e) {
      throw new BadMessage("the body cannot be read: " + e.getMessage());
    }
  }

  /**
   * The body as it came.
   *
   * @throws BadMessage if it is neither text nor bytes, or too large
   */
  byte[] bytes() throws JMSException {
    if (message instanceof TextMessage text) {
      byte[] bytes = text.getText() == null ? new byte[0] : text.getText().getBytes(UTF_8);
      requireSize(bytes.length);
      return bytes;
    }
    if (message instanceof BytesMessage bytes) {
      requireSize(bytes.getBodyLength());
      return content(bytes);
    }
    if (message instanceof MapMessage
        || message instanceof ObjectMessage
        || message instanceof StreamMessage) {
      throw new BadMessage("the message is neither a TextMessage nor a BytesMessage");
    }
    return new byte[0];
  }

  /** All that a message holds, however often it was read before. */
  static byte[] content(BytesMessage message) throws JMSException {
    byte[] content = new byte[(int) message.getBodyLength()];
    message.reset();
    int read = content.length == 0 ? 0 : message.readBytes(content);
    message.reset();
    if (read != content.length) {
      throw new JMSException(
          "of the %d bytes of a message %d could be read".formatted(content.length, read));
    }
    return content;
  }

  static void requireText(String what, String text) {
    if (text.length() > MAX_PROPERTY) {
      throw new BadMessage(
          "%s has %d characters; at most %d are allowed"
              .formatted(what, text.length(), MAX_PROPERTY));
    }
    String flaw = Json.flaw(text);
    if (flaw != null) {
      throw new BadMessage(what + " contains " + flaw);
    }
  }

  private static void requireSize(long bytes) {
    if (bytes > Json.MAX_BYTES) {
      throw new BadMessage(
          "the body has %d bytes; at most %d are allowed".formatted(bytes, Json.MAX_BYTES));
    }
  }

  int priority() throws JMSException {
    return Math.max(0, Math.min(9, message.getJMSPriority()));
  }

  /**
   * Where its reply goes, null where nobody asked for one.
   *
   * @throws BadMessage if no reply can go there, or none be known by its correlation id
   */
  @Nullable ReplyTo replyTo() throws JMSException {
    String address = ReplyAddress.write(message.getJMSReplyTo());
    if (address == null) {
      return null;
    }
    String correlation = correlationId(message);
    requireText("the JMSCorrelationID", correlation);
    return new ReplyTo(address, correlation);
  }

  /** What its sender knows it by, and looks for in replies; empty where there is nothing. */
  static String correlationId(Message message) throws JMSException {
    String correlation = message.getJMSCorrelationID();
    if (correlation != null) {
      return correlation;
    }
    String ofAmqp = message.getStringProperty(AMQP_MESSAGE_ID);
    String id = ofAmqp == null ? message.getJMSMessageID() : ofAmqp;
    return id == null ? "" : id;
  }
}
