package org.millrace.it;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client of the JMS api, over whichever protocol its connection factory speaks. */
final class JmsWireClient implements WireClient {

  private static final String PREFIX = "jms.queue.";

  private final JMSContext context;

  JmsWireClient(ConnectionFactory factory, String user, String password) {
    try {
      context = factory.createContext(user, password);
      context.start();
    } catch (JMSSecurityRuntimeException e) {
      throw new Refused("login of " + user, e);
    }
  }

  /** For what goes beyond the shared words. */
  JMSContext context() {
    return context;
  }

  @Override
  public void send(String queue, Outgoing outgoing) {
    try {
      TextMessage message = context.createTextMessage(outgoing.body());
      for (Map.Entry<String, ?> property : outgoing.properties().entrySet()) {
        message.setObjectProperty(property.getKey(), property.getValue());
      }
      message.setJMSCorrelationID(outgoing.correlationId());
      if (outgoing.replyTo() != null) {
        message.setJMSReplyTo(context.createQueue(PREFIX + outgoing.replyTo()));
      }
      context.createProducer().send(context.createQueue(PREFIX + queue), message);
    } catch (JMSSecurityRuntimeException | InvalidDestinationRuntimeException e) {
      throw new Refused("send to " + queue, e);
    } catch (JMSException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends any kind of message. */
  void send(Letter letter, String replyTo) throws JMSException {
    Message message = letter.with(context);
    message.setJMSReplyTo(context.createQueue(PREFIX + replyTo));
    context.createProducer().send(context.createQueue(PREFIX + letter.queue()), message);
  }

  @Override
  public Inbox consume(String queue) {
    return inbox(context.createQueue(PREFIX + queue));
  }

  @Override
  public Inbox subscribe(String topic) {
    return inbox(context.createTopic("jms.topic." + topic));
  }

  private Inbox inbox(Destination from) {
    try {
      JMSConsumer consumer = context.createConsumer(from);
      return timeout -> read(consumer.receive(timeout.toMillis()));
    } catch (JMSSecurityRuntimeException | InvalidDestinationRuntimeException e) {
      throw new Refused("consume from " + from, e);
    } catch (JMSRuntimeException e) {
      // Over AMQP a subscription that is not allowed has failed for no reason but in words.
      if (String.valueOf(e.getMessage()).contains("does not have permission")) {
        throw new Refused("consume from " + from, e);
      }
      throw e;
    }
  }

  static WireMessage read(Message message) {
    if (message == null) {
      return null;
    }
    try {
      Map<String, String> properties = new LinkedHashMap<>();
      Enumeration<?> names = message.getPropertyNames();
      for (Object name : Collections.list(names)) {
        properties.put((String) name, message.getStringProperty((String) name));
      }
      String body;
      if (message instanceof BytesMessage bytes) {
        byte[] content = new byte[(int) bytes.getBodyLength()];
        bytes.readBytes(content);
        body = new String(content, StandardCharsets.UTF_8);
      } else {
        body = message.getBody(String.class);
      }
      return new WireMessage(body, message.getJMSCorrelationID(), properties);
    } catch (JMSException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
