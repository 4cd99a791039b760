package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What the broker has accepted is there after a kill, also when its sender did not ask for that.
 */
class DurabilityIT {

  /** The broker keeps large messages in files of their own, and so by another way. */
  private static final Map<String, String> BODIES =
      Map.of("small", "{}", "large", "{\"much\":\"" + "x".repeat(500_000) + "\"}");

  private static final String START =
      "/subsystem=messaging-activemq/server=default/jms-queue=millrace.start:";

  @Test
  void givenStartsThatNobodyHasTaken_whenTheServerIsKilled_thenTheyBeginAfterwards() {
    try (TestServer server = TestServer.named("durability", Map.of())) {
      server.start();
      server.manage(START + "pause");
      BODIES.forEach((key, body) -> sendByStomp(server, "stomp-" + key, body));
      BODIES.forEach((key, body) -> sendByAmqp(server, "amqp-" + key, body));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> server.manage(START + "count-messages").contains("=> 4L"));

      server.kill();
      server.start();

      Operations operator = new Operations(server, "operator");
      for (String key : List.of("stomp-small", "stomp-large", "amqp-small", "amqp-large")) {
        await()
            .atMost(Duration.ofMinutes(1))
            .untilAsserted(
                () ->
                    assertThat(
                            operator.get("instances?businessKey=" + key).ok().get("total").asInt())
                        .as(key)
                        .isEqualTo(1));
      }
    }
  }

  /** {@link StompClient} never says persistent. */
  private static void sendByStomp(TestServer server, String key, String body) {
    WireClient client = Wire.STOMP.connect(server, "client");
    client.send(
        "millrace.start",
        new WireClient.Outgoing(body, Map.of("process", "order", "businessKey", key), null, null));
    client.close();
  }

  private static void sendByAmqp(TestServer server, String key, String body) {
    JmsWireClient client = (JmsWireClient) Wire.AMQP.connect(server, "client");
    JMSContext context = client.context();
    context
        .createProducer()
        .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
        .setProperty("process", "order")
        .setProperty("businessKey", key)
        .send(context.createQueue("jms.queue.millrace.start"), body);
    client.close();
  }
}
