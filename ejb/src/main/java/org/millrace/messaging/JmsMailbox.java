package org.millrace.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.MessageView;
import org.millrace.api.operation.Refusal;
import org.millrace.execution.Mailbox;

/** Looks into the queues of refused and dead messages with a browser, and sends from them again. */
@Singleton
public class JmsMailbox implements Mailbox {

  private static final int MAX_BODY = 64 * 1024;
  private static final long PATIENCE_MILLIS = 2_000;
  private static final List<String> QUEUES = List.of(Jms.REJECTED, Jms.DEAD);

  private final Jms jms;
  private final BrokerQueues queues;
  private final DeadLetters letters;

  @Inject
  public JmsMailbox(Jms jms, BrokerQueues queues, DeadLetters letters) {
    this.jms = jms;
    this.queues = queues;
    this.letters = letters;
  }

  @Override
  public List<MessageView> list(String queue, int from, int atMost) {
    List<MessageView> found = new ArrayList<>();
    browse(
        queue,
        messages -> {
          for (int passed = 0; passed < from && messages.hasMoreElements(); passed++) {
            messages.nextElement();
          }
          while (messages.hasMoreElements() && found.size() < atMost) {
            found.add(view(queue, (Message) messages.nextElement()));
          }
        });
    return found;
  }

  @Override
  public long count(String queue) {
    return queues.count(queue(queue));
  }

  @Override
  public List<String> replayable(String queue, int atMost) {
    List<String> found = new ArrayList<>();
    browse(
        queue,
        messages -> {
          while (messages.hasMoreElements() && found.size() < atMost) {
            Message message = (Message) messages.nextElement();
            if (from(queue(queue), message) != null) {
              found.add(message.getJMSMessageID());
            }
          }
        });
    return found;
  }

  /** Reads a queue from its oldest message on. */
  private interface Reader {
    void read(Enumeration<?> messages) throws JMSException;
  }

  private void browse(String queue, Reader reader) {
    jms.run(
        context -> {
          try (QueueBrowser browser = context.createBrowser(context.createQueue(queue(queue)))) {
            reader.read(browser.getEnumeration());
          }
        });
  }

  private static String queue(String name) {
    return "millrace." + name;
  }

  @Override
  public boolean replay(String id) {
    boolean[] found = new boolean[1];
    for (String queue : QUEUES) {
      if (!found[0]) {
        jms.run(context -> found[0] = replay(context, queue, id));
      }
    }
    return found[0];
  }

  private boolean replay(JMSContext context, String queue, String id) throws JMSException {
    String selector = "JMSMessageID = '" + id.replace("'", "''") + "'";
    if (!isThere(context, queue, selector)) {
      return false;
    }
    try (JMSConsumer consumer = context.createConsumer(context.createQueue(queue), selector)) {
      Message message = consumer.receive(PATIENCE_MILLIS);
      if (message == null) {
        return false;
      }
      String from = from(queue, message);
      if (from == null) {
        throw new Refusal(
            Refusal.Kind.CONFLICT, "message " + id + " does not say where it came from");
      }
      Rejections.send(context, from, message, properties(queue, message));
      if (queue.equals(Jms.DEAD)) {
        letters.forget(message);
      }
      return true;
    }
  }

  /**
   * Looked at first: a consumer waits for what may still come, and nobody shall wait for nothing.
   */
  private static boolean isThere(JMSContext context, String queue, String selector)
      throws JMSException {
    try (QueueBrowser browser = context.createBrowser(context.createQueue(queue), selector)) {
      return browser.getEnumeration().hasMoreElements();
    }
  }

  /** As its sender wrote them. */
  private static Map<String, Object> properties(String queue, Message message) throws JMSException {
    Map<String, Object> properties = Rejections.properties(message);
    if (queue.equals(Jms.REJECTED)) {
      properties.remove(Rejections.REASON);
      properties.remove(Rejections.FROM);
    }
    return properties;
  }

  /** Written there by the engine or the broker: what a sender writes is not believed. */
  static @Nullable String from(String queue, Message message) throws JMSException {
    String from =
        message.getStringProperty(
            queue.equals(Jms.REJECTED) ? Rejections.FROM : "_AMQ_ORIG_ADDRESS");
    return from == null ? null : Jms.queueName(from);
  }

  private static MessageView view(String queue, Message message) throws JMSException {
    return new MessageView(
        message.getJMSMessageID(),
        queue,
        from(queue(queue), message),
        message.getStringProperty(Rejections.REASON),
        Instant.ofEpochMilli(message.getJMSTimestamp()),
        Rejections.properties(message),
        body(message));
  }

  private static String body(Message message) throws JMSException {
    String body = "";
    if (message instanceof TextMessage text) {
      body = text.getText() == null ? "" : text.getText();
    } else if (message instanceof BytesMessage bytes) {
      byte[] content = new byte[(int) Math.min(bytes.getBodyLength(), MAX_BODY)];
      bytes.reset();
      bytes.readBytes(content);
      body = text(content);
    }
    return body.length() <= MAX_BODY ? body : body.substring(0, MAX_BODY);
  }

  private static String text(byte[] content) {
    CharBuffer text = CharBuffer.allocate(content.length);
    // Not the end of the input: a character that was cut in the middle is left out, and no error.
    boolean isText = !UTF_8.newDecoder().decode(ByteBuffer.wrap(content), text, false).isError();
    return isText ? text.flip().toString() : Base64.getEncoder().encodeToString(content);
  }
}
