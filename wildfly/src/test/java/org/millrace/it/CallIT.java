package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Instances that call others, on the real server and its queues. */
class CallIT {

  private static final int CALLERS = 60;

  private final String outer = Bpmn.newId();
  private final String middle = Bpmn.newId();
  private final String inner = Bpmn.newId();

  private static String call(String id, String called) {
    return Bpmn.process(id, "<callActivity id=\"step\" calledElement=\"%s\"/>".formatted(called));
  }

  private static String start(Operations operator, String process) {
    return operator
        .post(
            "instances",
            "{\"process\":\"%s\",\"businessKey\":\"%s\",\"variables\":{\"n\":1}}"
                .formatted(process, process))
        .ok()
        .get("id")
        .asText();
  }

  @Test
  void givenCallsOfCalls_whenTheInnermostIsAnswered_thenAllGoOn(TestServer server) {
    Operations admin = new Operations(server, "admin");
    Operations operator = new Operations(server, "operator");
    admin.deploy(call(outer, middle)).ok();
    admin.deploy(call(middle, inner)).ok();
    String id = start(operator, outer);
    String called =
        await()
            .atMost(Operations.PATIENCE)
            .until(() -> operator.get("instances/" + id + "/called").ok(), ids -> ids.size() == 1)
            .get(0)
            .asText();
    JsonNode incident = operator.awaitIncident(called);
    assertThat(incident.get("message").asText()).contains(inner, "is not deployed");
    assertThat(operator.instance(id).get("called").get(0).get("incidents").asInt()).isEqualTo(1);
    assertThat(operator.instance(called).get("calledBy").get("instanceId").asText()).isEqualTo(id);

    admin.deploy(Bpmn.process(inner, "<userTask id=\"step\"/>")).ok();
    operator.post("incidents/" + incident.get("id").asText() + "/retry").ok();
    JsonNode wait = operator.awaitWait(id, "step");
    assertThat(wait.get("kind").asText()).isEqualTo("task");
    assertThat(operator.instance(wait.get("instanceId").asText()).get("process").asText())
        .isEqualTo(inner);
    operator
        .post("waits/" + wait.get("id").asText() + "/trigger", "{\"variables\":{\"n\":2}}")
        .ok();

    JsonNode ended = operator.awaitState(id, "completed");
    assertThat(ended.get("variables").get("n").asInt()).isEqualTo(2);
    assertThat(ended.get("called").get(0).get("state").asText()).isEqualTo("completed");
  }

  @Test
  void givenManyCalls_whenTheServerIsKilled_thenEachHappensOnce() throws Exception {
    try (Postgres postgres = Postgres.start("call-database");
        TestServer server = TestServer.named("kill-call", postgres.properties())) {
      killBetween(server);
    }
  }

  private void killBetween(TestServer server) throws Exception {
    server.start();
    Operations admin = new Operations(server, "admin");
    admin.deploy(call(outer, middle)).ok();
    admin.deploy(call(middle, inner)).ok();
    admin.deploy(Bpmn.empty(inner)).ok();
    Operations operator = new Operations(server, "operator");
    for (int i = 0; i < CALLERS; i++) {
      start(operator, outer);
    }
    assertThat(total(operator, outer, "completed")).as("some are under way").isLessThan(CALLERS);
    server.kill();
    server.start();

    Operations after = new Operations(server, "operator");
    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(() -> assertThat(total(after, outer, "completed")).isEqualTo(CALLERS));
    for (String process : new String[] {outer, middle, inner}) {
      assertThat(after.get("instances?process=" + process).ok().get("total").asInt())
          .as(process)
          .isEqualTo(CALLERS);
      assertThat(total(after, process, "completed")).isEqualTo(CALLERS);
    }
    assertThat(after.get("incidents").ok()).isEmpty();
    assertThat(after.get("messages?queue=rejected").ok()).isEmpty();
    assertThat(after.get("messages?queue=dead").ok()).isEmpty();
  }

  private static int total(Operations operator, String process, String state) {
    return operator
        .get("instances?process=%s&state=%s".formatted(process, state))
        .ok()
        .get("total")
        .asInt();
  }
}
