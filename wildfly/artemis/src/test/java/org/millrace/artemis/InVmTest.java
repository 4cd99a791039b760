package org.millrace.artemis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes between the broker and its clients in the same server. */
class InVmTest {

  private static final int CLIENTS = 8;
  private static final int MESSAGES = 2_000;

  private Broker broker;

  @BeforeEach
  void start() throws Exception {
    broker = Broker.start();
  }

  @AfterEach
  void stop() throws Exception {
    broker.stop();
  }

  @Test
  void givenAClient_whenItAsksTheBroker_thenEachSideSendsInItsOwnThread() throws Exception {
    Set<String> asked = ConcurrentHashMap.newKeySet();
    Set<String> answered = ConcurrentHashMap.newKeySet();
    broker.server().getRemotingService().addIncomingInterceptor(noting(asked));
    broker.locator().addIncomingInterceptor(noting(answered));
    try (ClientSessionFactory factory = broker.locator().createSessionFactory();
        ClientSession session = factory.createSession()) {
      session.createQueue(QueueConfiguration.of("asked"));
    }

    assertThat(asked).containsExactly(Thread.currentThread().getName());
    assertThat(answered).isNotEmpty().noneMatch(name -> name.contains("InVMConnector"));
  }

  /** Notes in which threads packets arrive. */
  private static Interceptor noting(Set<String> threads) {
    return (packet, connection) -> {
      threads.add(Thread.currentThread().getName());
      return true;
    };
  }

  /** Whoever sends first carries over what the others send meanwhile. */
  @Test
  @Timeout(60)
  void givenManySessionsOfOneConnection_whenAllSendAndReceiveAtOnce_thenEachInItsOrder()
      throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(2 * CLIENTS);
    try (ClientSessionFactory factory = broker.locator().createSessionFactory()) {
      List<CompletableFuture<?>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String queue = "queue-" + i;
        try (ClientSession session = factory.createSession()) {
          session.createQueue(QueueConfiguration.of(queue));
        }
        all.add(CompletableFuture.runAsync(() -> send(factory, queue), clients));
        all.add(
            CompletableFuture.supplyAsync(() -> receive(factory, queue), clients)
                .thenAccept(
                    numbers ->
                        assertThat(numbers)
                            .containsExactlyElementsOf(
                                IntStream.range(0, MESSAGES).boxed().toList())));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    } finally {
      clients.shutdownNow();
      assertThat(clients.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void send(ClientSessionFactory factory, String queue) {
    try (ClientSession session = factory.createTransactedSession();
        ClientProducer producer = session.createProducer(queue)) {
      for (int number = 0; number < MESSAGES; number++) {
        producer.send(session.createMessage(true).putIntProperty("number", number));
        if (number % 10 == 9) {
          session.commit();
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Integer> receive(ClientSessionFactory factory, String queue) {
    List<Integer> numbers = new ArrayList<>();
    try (ClientSession session = factory.createTransactedSession();
        ClientConsumer consumer = session.createConsumer(queue)) {
      session.start();
      while (numbers.size() < MESSAGES) {
        ClientMessage message = consumer.receive();
        message.acknowledge();
        session.commit();
        numbers.add(message.getIntProperty("number"));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return numbers;
  }
}
