package org.millrace.bench.server;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;

/** Sends what begins a run, as an application in the same server would. */
@Stateless
public class Sender {

  /** An event may come before its instance waits for it. */
  private static final long PATIENCE_MILLIS = 600_000;

  @Resource(lookup = "java:/JmsXA")
  private ConnectionFactory connections;

  /** Sends starts, or events, for {@code key-from} to {@code key-to}, in one transaction. */
  public void send(String queue, String process, String key, int from, int to) throws JMSException {
    try (JMSContext context = connections.createContext()) {
      Queue destination = context.createQueue(queue);
      JMSProducer producer = context.createProducer();
      for (int i = from; i < to; i++) {
        TextMessage message =
            context.createTextMessage(queue.endsWith(".event") ? "{}" : "{\"n\":0}");
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
}
