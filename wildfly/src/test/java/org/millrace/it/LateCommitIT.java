package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The broker's branch of a transaction commits before the database's: a client can have its reply
 * while the database does not show yet what it reports. Here that lasts a second each time.
 */
class LateCommitIT {

  private static final String LATE =
      """
      RULE the database commits late
      CLASS org.h2.jdbcx.JdbcXAConnection
      METHOD commit
      AT ENTRY
      IF true
      DO delay(1000)
      ENDRULE
      """;

  private static String waiting(String process, String definition, String root) {
    return Bpmn.process(
            process,
            "<intermediateCatchEvent id=\"step\">" + definition + "</intermediateCatchEvent>")
        .replace("</definitions>", root + "</definitions>");
  }

  @Test
  void givenAReplyBeforeTheDatabaseHasCommitted_whenTheClientGoesOn_thenNothingIsMissed()
      throws Exception {
    try (TestServer server = TestServer.named("late-commit", Map.of())) {
      Agent agent = Agent.in(server);
      server.start();
      Operations admin = new Operations(server, "admin");
      admin
          .deploy(
              waiting(
                  "for-message",
                  "<messageEventDefinition messageRef=\"m\"/>",
                  "<message id=\"m\" name=\"late\"/>"))
          .ok();
      admin
          .deploy(
              waiting(
                  "for-signal",
                  "<signalEventDefinition signalRef=\"s\"/>",
                  "<signal id=\"s\" name=\"late\"/>"))
          .ok();
      agent.submit("late", LATE);
      Operations operator = new Operations(server, "operator");
      String first = start(server, "for-message", "k1");
      try (Requester client = new Requester(Wire.STOMP, server, "client")) {
        String event =
            client.send("millrace.event", Map.of("message", "late", "businessKey", "k1"), "{}");
        assertThat(client.reply(event).properties()).containsEntry("state", "delivered");
      }

      String second = start(server, "for-message", "k2");
      assertThat(operator.instance(second).get("state").asText()).isEqualTo("running");

      String third = start(server, "for-message", "k3");
      assertThat(
              operator
                  .post("events", "{\"message\":\"late\",\"businessKey\":\"k3\"}")
                  .ok()
                  .get("state")
                  .asText())
          .isEqualTo("delivered");

      String fourth = start(server, "for-signal", "k4");
      operator.post("signals", "{\"signal\":\"late\"}").ok();

      operator.awaitState(fourth, "completed");
      for (String id : List.of(first, third)) {
        assertThat(operator.instance(id).get("state").asText()).isEqualTo("completed");
      }
    }
  }

  /** Starts an instance; its client is told so while the database does not show it. */
  private static String start(TestServer server, String process, String key) {
    try (Requester client = new Requester(Wire.STOMP, server, "client")) {
      String start =
          client.send(
              "millrace.start",
              Map.of("process", process, "businessKey", key, "acknowledge", "true"),
              "{}");
      WireMessage reply = client.reply(start);
      assertThat(reply.properties()).containsEntry("state", "running");
      return reply.properties().get("instanceId");
    }
  }
}
