package org.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pause of an hour after a message was given back is as good as a clock that was set back. */
class DelaysTest {

  private static final String QUEUE = "millrace.reply.one";
  private static final long HOUR = Duration.ofHours(1).toMillis();

  @TempDir Path directory;

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private EmbeddedActiveMQ broker;
  private ActiveMQConnectionFactory connections;

  @BeforeEach
  void start() throws Exception {
    Configuration configuration =
        new ConfigurationImpl()
            .setBindingsDirectory(directory.resolve("bindings").toString())
            .setJournalDirectory(directory.resolve("journal").toString())
            .setPagingDirectory(directory.resolve("paging").toString())
            .setLargeMessagesDirectory(directory.resolve("large").toString())
            .setJournalType(JournalType.NIO)
            .setJournalFileSize(100 * 1024)
            .setSecurityEnabled(false)
            .addAcceptorConfiguration("vm", "vm://8")
            .addAddressSetting(
                "#",
                new AddressSettings()
                    .setRedeliveryDelay(HOUR)
                    .setMaxRedeliveryDelay(HOUR)
                    .setAutoDeleteQueues(false)
                    .setAutoDeleteAddresses(false));
    broker = new EmbeddedActiveMQ().setConfiguration(configuration);
    broker.start();
    broker.getActiveMQServer().registerBrokerPlugin(new DelayedSends());
    connections = new ActiveMQConnectionFactory("vm://8?enable1xPrefixes=true");
  }

  @AfterEach
  void stop() throws Exception {
    executor.shutdownNow();
    connections.close();
    broker.stop();
  }

  @Test
  void givenAMessageWasGivenBackUnread_whenTheServerStartsAgain_thenItComesAtOnce()
      throws Exception {
    send(0);
    giveBack();
    await().until(() -> queue().getScheduledCount() == 1);

    startAgain();

    await().atMost(Duration.ofSeconds(10)).until(() -> queue().getScheduledCount() == 0);
    assertThat(queue().getMessageCount()).isOne();
  }

  @Test
  void givenAMessageWasSentForLater_whenTheServerStartsAgain_thenItWaits() throws Exception {
    send(HOUR);

    startAgain();

    // What is to be delivered at once comes first.
    executor.submit(() -> {}).get();
    assertThat(queue().getScheduledCount()).isOne();
  }

  private void send(long delay) {
    try (JMSContext context = connections.createContext()) {
      context.createProducer().setDeliveryDelay(delay).send(context.createQueue(QUEUE), "hello");
    }
  }

  /** As a client does that has been sent it, and leaves before it reads it. */
  private void giveBack() {
    try (JMSContext context = connections.createContext(JMSContext.SESSION_TRANSACTED)) {
      JMSConsumer unread = context.createConsumer(context.createQueue(QUEUE));
      await().until(() -> queue().getDeliveringCount() == 1);
      context.rollback();
      unread.close();
    }
  }

  private void startAgain() throws Exception {
    connections.close();
    broker.stop();
    broker.start();
    ActiveMQServer server = broker.getActiveMQServer();
    await().until(server::isActive);
    assertThat(queue().getScheduledCount()).isOne();
    new Delays(server, executor).endThoseOfBefore();
  }

  private Queue queue() {
    return broker.getActiveMQServer().locateQueue("jms.queue." + QUEUE);
  }
}
