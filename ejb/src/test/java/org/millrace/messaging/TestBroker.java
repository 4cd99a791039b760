package org.millrace.messaging;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A broker that keeps nothing, with the server's names: queue NAME is address jms.queue.NAME. */
final class TestBroker {

  private static final long PATIENCE_MILLIS = 5_000;

  private static final String DEAD = "jms.queue.millrace.dead";

  private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
  private final ActiveMQConnectionFactory connections =
      new ActiveMQConnectionFactory("vm://7?enable1xPrefixes=true&consumerWindowSize=0");

  /** For what the core protocol's clients do not send, and those of other protocols do. */
  private final ActiveMQConnectionFactory others =
      new ActiveMQConnectionFactory("vm://7?enable1xPrefixes=true&minLargeMessageSize=10000000");

  private final JMSContext taker;

  final Jms jms = new Jms(connections);

  TestBroker() throws Exception {
    Configuration configuration =
        new ConfigurationImpl()
            .setPersistenceEnabled(false)
            .setSecurityEnabled(false)
            .addAcceptorConfiguration("vm", "vm://7")
            .addQueueConfiguration(QueueConfiguration.of(DEAD).setRoutingType(RoutingType.ANYCAST))
            .addAddressSetting(
                "#",
                new AddressSettings()
                    .setMaxDeliveryAttempts(1)
                    .setDeadLetterAddress(SimpleString.of(DEAD)));
    broker.setConfiguration(configuration).start();
    taker = context(JMSContext.AUTO_ACKNOWLEDGE);
  }

  JMSContext context(int mode) {
    return connections.createContext(mode);
  }

  JMSContext contextOfOthers() {
    return others.createContext();
  }

  /** The next message on a queue, which is taken from it. */
  Message take(String queue) {
    // Left open: a large message is read as long as its consumer is there.
    JMSConsumer consumer = taker.createConsumer(taker.createQueue(queue));
    Message message = consumer.receive(PATIENCE_MILLIS);
    if (message == null) {
      throw new AssertionError("nothing came on " + queue);
    }
    return message;
  }

  /** Gives the next message on a queue back until the broker calls it dead. */
  void kill(String queue) {
    try (JMSContext context = context(JMSContext.SESSION_TRANSACTED)) {
      if (context.createConsumer(context.createQueue(queue)).receive(PATIENCE_MILLIS) == null) {
        throw new AssertionError("nothing came on " + queue);
      }
      context.rollback();
    }
  }

  void plug(ActiveMQServerPlugin plugin) {
    broker.getActiveMQServer().registerBrokerPlugin(plugin);
  }

  void close() throws Exception {
    taker.close();
    connections.close();
    others.close();
    broker.stop();
  }
}
