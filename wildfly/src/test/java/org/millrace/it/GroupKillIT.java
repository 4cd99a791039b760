package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One among many in a transaction that ends the server. */
@Tag("crash")
class GroupKillIT {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int MANY = 100;
  private static final String STAGE = "group-killer";

  @Test
  void givenOneOfABacklogEndsTheServerEachTime_thenItAloneIsAnIncident_andNoOtherLosesAnAttempt() {
    try (TestServer server = TestServer.named("group-kill", Map.of())) {
      StageBeans.deployTo(server, "killer.jar", GroupKillerStage.class);
      Rows.deployTo(server);
      server.start();
      Operations operator = new Operations(server, "operator");
      new Operations(server, "admin").deploy(process()).ok();
      operator.post("stages/" + STAGE + "/pause").ok();
      List<String> innocents = new ArrayList<>();
      String killer = "";
      for (int i = 0; i < MANY; i++) {
        innocents.add(start(operator, GroupKillerStage.INNOCENT + i));
        killer = i == MANY / 2 ? start(operator, "killer") : killer;
      }
      server.kill();
      server.start();
      operator.post("stages/" + STAGE + "/resume").ok();

      int deaths = 0;
      while (!PoisonIT.incidentOrEnd(server, killer)) {
        assertThat(server.awaitEnd(PATIENCE)).isEqualTo(GroupKillerStage.STATUS);
        deaths++;
        assertThat(deaths).isLessThan(9);
        server.launch();
      }

      assertThat(deaths).as("once in the group, and each of two attempts").isEqualTo(3);
      JsonNode incident = operator.awaitIncident(killer);
      assertThat(incident.get("attempts").asInt()).isEqualTo(2);
      assertThat(incident.get("message").asText()).contains("the server ended in the middle");
      for (String innocent : innocents) {
        JsonNode step =
            Operations.find(
                    operator.awaitState(innocent, "completed").get("history"), "activity", "step")
                .orElseThrow();
        assertThat(step.get("attempt").asInt()).as(innocent).isEqualTo(1);
      }
      assertThat(new Rows(server).number("select count(*) from millrace_begun")).isZero();
    }
  }

  private static String process() {
    return Bpmn.process(
        "group-kill",
        "<serviceTask id=\"step\" millrace:stage=\"%s\" millrace:retries=\"2\" millrace:backoff=\"PT0.1S\"/>"
            .formatted(STAGE));
  }

  private static String start(Operations operator, String businessKey) {
    return operator
        .post(
            "instances",
            "{\"process\":\"group-kill\",\"businessKey\":\"%s\"}".formatted(businessKey))
        .ok()
        .get("id")
        .asText();
  }
}
