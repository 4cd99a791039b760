package org.millrace.bench.server;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.time.Instant;

/** Sends what begins a run, as an application in the same server would. */
@Stateless
public class Sender {

  /** An event may come before its instance waits for it. */
  private static final long PATIENCE_MILLIS = 600_000;

  @Resource(lookup = "java:/JmsXA")
  private ConnectionFactory connections;

  /**
   * Sends starts, or events, for {@code key-from} to {@code key-to}, in one transaction.
   *
   * @param bytes of a variable beside the usual ones; 0 for none
   */
  public void send(String queue, String process, String key, int bytes, int from, int to)
      throws JMSException {
    try (JMSContext context = connections.createContext()) {
      Queue destination = context.createQueue(queue);
      JMSProducer producer = context.createProducer();
      for (int i = from; i < to; i++) {
        TextMessage message =
            context.createTextMessage(
                queue.endsWith(".event") ? "{}" : variables(process, key + "-" + i, bytes));
        if (queue.endsWith(".event")) {
          message.setStringProperty("message", process);
          message.setLongProperty("timeToLive", PATIENCE_MILLIS);
        } else {
          message.setStringProperty("process", process);
        }
        message.setStringProperty("businessKey", key + "-" + i);
        producer.send(destination, message);
      }
    }
  }

  private static String variables(String process, String key, int bytes) {
    if (bytes > 0) {
      return "{\"n\":0,\"filler\":\"" + "x".repeat(bytes) + "\"}";
    }
    return process.equals("order")
        ? "{\"orderId\":\"%s\",\"customer\":\"c-1\",\"items\":[{\"sku\":\"A\",\"quantity\":2,\"price\":10}]}"
            .formatted(key)
        : "{\"n\":0}";
  }

  /** Starts one instance, in a transaction of its own. */
  public void start(String queue, String process, String key, String variables)
      throws JMSException {
    try (JMSContext context = connections.createContext()) {
      start(context, queue, process, key, variables);
    }
  }

  /** Starts instances whose timers are due one after the other, in one transaction. */
  public void timers(String key, int from, int to, long firstMillis, double intervalMillis)
      throws JMSException {
    try (JMSContext context = connections.createContext()) {
      for (int i = from; i < to; i++) {
        Instant due = Instant.ofEpochMilli(firstMillis + (long) (i * intervalMillis));
        start(context, "millrace.start", "timer", key + "-" + i, "{\"due\":\"" + due + "\"}");
      }
    }
  }

  private static void start(
      JMSContext context, String queue, String process, String key, String variables)
      throws JMSException {
    TextMessage message = context.createTextMessage(variables);
    message.setStringProperty("process", process);
    message.setStringProperty("businessKey", key);
    context.createProducer().send(context.createQueue(queue), message);
  }
}
