package org.millrace.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.jms.server.JMSServerManager;
import org.apache.activemq.artemis.jms.server.impl.JMSServerManagerImpl;
import org.junit.jupiter.api.Test;

/** WildFly makes all queues at once when it starts. */
@SuppressWarnings("deprecation") // It goes by what is deprecated.
class QueuesAtOnceTest {

  @Test
  void givenSomebodyWhoIsAtTheQueues_whenOneIsMade_thenNothingIsLookedAtBeforeHeIsDone()
      throws Exception {
    JMSServerManager queues =
        new JMSServerManagerImpl(
            new ActiveMQServerImpl(
                new ConfigurationImpl()
                    .setPersistenceEnabled(false)
                    .setSecurityEnabled(false)
                    .setJMXManagementEnabled(false)));
    queues.start();
    AtomicReference<Thread> maker = new AtomicReference<>();
    CompletableFuture<Boolean> made;
    synchronized (queues) {
      made =
          CompletableFuture.supplyAsync(
              () -> {
                maker.set(Thread.currentThread());
                return make(queues, "late");
              });
      await().until(() -> maker.get() != null && maker.get().getState() == Thread.State.BLOCKED);
      assertThat(maker.get().getStackTrace()[0].getMethodName()).isEqualTo("createQueue");
    }
    assertThat(made.join()).isTrue();
    queues.stop();
  }

  private static boolean make(JMSServerManager queues, String name) {
    try {
      return queues.createQueue(false, name, name, null, false);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
