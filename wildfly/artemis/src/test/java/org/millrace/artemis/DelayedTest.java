package org.millrace.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where messages that were held back take their place when they are due. */
class DelayedTest {

  private static final String QUEUE = "delayed";

  private Broker broker;
  private ClientSessionFactory factory;
  private ClientSession session;

  @BeforeEach
  void start() throws Exception {
    broker = Broker.start();
    factory = broker.locator().createSessionFactory();
    session = factory.createSession(false, true, false);
    session.createQueue(QueueConfiguration.of(QUEUE));
    session.start();
  }

  @AfterEach
  void stop() throws Exception {
    session.close();
    factory.close();
    broker.stop();
  }

  @Test
  void givenMessagesForLater_whenNobodyTakesThem_thenTheyWaitInTheOrderOfTheirTimes()
      throws Exception {
    long soon = System.currentTimeMillis() + 1_000;
    send("at once", 0);
    send("third", soon + 20);
    send("first", soon);
    send("second", soon + 10);
    awaitDue();

    assertThat(received(4)).containsExactly("at once", "first", "second", "third");
  }

  @Test
  void givenAMessageThatWasGivenBack_whenItsTimeComes_thenItGoesBeforeThoseThatWait()
      throws Exception {
    send("given back", 0);
    try (ClientConsumer consumer = session.createConsumer(QUEUE)) {
      consumer.receive().acknowledge();
    }
    session.rollback();
    send("behind", 0);
    awaitDue();

    assertThat(received(2)).containsExactly("given back", "behind");
  }

  private void send(String name, long due) throws Exception {
    try (ClientProducer producer = session.createProducer(QUEUE)) {
      ClientMessage message = session.createMessage(false).putStringProperty("name", name);
      producer.send(message.putLongProperty(Message.HDR_SCHEDULED_DELIVERY_TIME, due));
    }
  }

  private void awaitDue() {
    await().until(() -> broker.server().locateQueue(QUEUE).getScheduledCount() == 0);
  }

  private List<String> received(int number) throws Exception {
    List<String> names = new ArrayList<>();
    try (ClientConsumer consumer = session.createConsumer(QUEUE)) {
      while (names.size() < number) {
        ClientMessage message = consumer.receive(5_000);
        assertThat(message).isNotNull();
        names.add(message.getStringProperty("name"));
        message.acknowledge();
      }
    }
    return names;
  }
}
