package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Work that fails, work that is done outside of the server, and work that is held back. */
class RetryIT {

  private static final Duration SHORT = Duration.ofMillis(500);

  private final String process = Bpmn.newId();
  private final String stage = "remote-" + process;
  private TestServer server;
  private Operations operator;

  @BeforeEach
  void connect(TestServer shared) {
    server = shared;
    operator = new Operations(shared, "operator");
  }

  @Test
  void givenWorkThatAlwaysFails_whenItsVariablesAreMendedAndItIsRetried_thenItGoesOn() {
    deploy(
        """
        <serviceTask id="step" millrace:stage="charge-payment" millrace:retries="2"
                     millrace:backoff="PT1S"/>
        """);
    String id = start("{}");
    JsonNode incident = operator.awaitIncident(id);
    assertThat(incident.get("process").asText()).isEqualTo(process);
    assertThat(incident.get("activity").asText()).isEqualTo("step");
    assertThat(incident.get("stage").asText()).isEqualTo("charge-payment");
    assertThat(incident.get("attempts").asInt()).isEqualTo(2);
    assertThat(incident.get("message").asText()).isNotBlank();
    assertThat(incident.get("details").asText())
        .contains("org.millrace.examples.order.ChargePayment.handle");
    assertThat(operator.instance(id).get("incidents")).hasSize(1);
    assertThat(operator.instance(id).get("state").asText()).isEqualTo("running");
    assertThat(operator.get("incidents?stage=charge-payment&process=" + process).ok()).hasSize(1);
    assertThat(operator.get("incidents?stage=ship-order&process=" + process).ok()).isEmpty();

    Order order = Order.plain();
    operator.put("instances/" + id + "/variables", order.json()).ok();
    operator.put("instances/" + id + "/variables", "{\"total\":20.5}").ok();
    operator.post("incidents/" + incident.get("id").asText() + "/retry").ok();

    JsonNode instance = operator.awaitState(id, "completed");
    assertThat(instance.get("incidents")).isEmpty();
    assertThat(operator.get("incidents?process=" + process).ok()).isEmpty();
    assertThat(
            new Rows(server)
                .select("select amount from payment where order_id = '" + order.id() + "'"))
        .containsExactly("20.50");
  }

  @ParameterizedTest
  @EnumSource
  void givenAWorkerOutside_whenItSaysDone_thenItsVariablesAreMerged(Wire wire) {
    deploy("<serviceTask id=\"step\" millrace:stage=\"" + stage + "\"/>");
    try (WireClient worker = wire.connect(server, "worker")) {
      WireClient.Inbox works = worker.consume("millrace.stage." + stage);
      String id = start("{\"a\":1,\"b\":\"ü\"}");
      WireMessage work = works.receive(Operations.PATIENCE);
      assertThat(Api.parse(work.body())).isEqualTo(Api.parse("{\"a\":1,\"b\":\"ü\"}"));
      assertThat(work.properties())
          .containsEntry("instanceId", id)
          .containsEntry("process", process)
          .containsEntry("version", "1")
          .containsEntry("activity", "step")
          .containsEntry("businessKey", process)
          .containsEntry("attempt", "1");
      assertThat(operator.awaitWait(id, "step").get("workId").asText())
          .isEqualTo(work.properties().get("workId"));

      answer(worker, work, "{\"b\":2}", "done");

      JsonNode instance = operator.awaitState(id, "completed");
      assertThat(instance.get("variables")).isEqualTo(Api.parse("{\"a\":1,\"b\":2}"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void givenAWorkerOutside_whenItSaysError_thenTheBoundaryEventCatchesIt(Wire wire) {
    deploy(
        """
        <serviceTask id="step" millrace:stage="%s"/>
        <boundaryEvent id="unlucky" attachedToRef="step">
          <errorEventDefinition errorRef="no-luck"/>
        </boundaryEvent>
        <sequenceFlow id="to-unlucky-end" sourceRef="unlucky" targetRef="unlucky-end"/>
        <endEvent id="unlucky-end"/>
        """
            .formatted(stage));
    try (WireClient worker = wire.connect(server, "worker")) {
      WireClient.Inbox works = worker.consume("millrace.stage." + stage);
      String id = start("{}");
      answer(worker, works.receive(Operations.PATIENCE), "{}", "error", "errorCode", "NO_LUCK");
      JsonNode history = operator.awaitState(id, "completed").get("history");
      assertThat(Operations.find(history, "activity", "unlucky-end")).isPresent();
      assertThat(Operations.find(history, "activity", "end")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void givenAWorkerOutside_whenItFails_thenItIsTriedAgainUntilItSaysNotTo(Wire wire) {
    deploy(
        "<serviceTask id=\"step\" millrace:retries=\"9\" millrace:backoff=\"PT0.1S\""
            + " millrace:stage=\"%s\"/>".formatted(stage));
    try (WireClient worker = wire.connect(server, "worker")) {
      WireClient.Inbox works = worker.consume("millrace.stage." + stage);
      String id = start("{}");
      WireMessage first = works.receive(Operations.PATIENCE);
      answer(worker, first, "{}", "failed", "errorMessage", "no luck");
      WireMessage second = works.receive(Operations.PATIENCE);
      assertThat(second.properties())
          .containsEntry("attempt", "2")
          .containsEntry("workId", first.properties().get("workId"));
      answer(worker, second, "{}", "failed", "errorMessage", "none at all", "retry", false);
      JsonNode incident = operator.awaitIncident(id);
      assertThat(incident.get("message").asText()).contains("none at all");
      assertThat(incident.get("attempts").asInt()).isEqualTo(2);

      operator.post("incidents/retry?process=" + process).ok();
      WireMessage third = works.receive(Operations.PATIENCE);
      assertThat(third.properties()).containsEntry("workId", first.properties().get("workId"));
      answer(worker, third, "{}", "done");
      assertThat(operator.awaitState(id, "completed").get("incidents")).isEmpty();
    }
  }

  @Test
  void givenAStageThatIsPausedBeforeItsFirstWork_whenItIsResumed_thenItsWorkComes() {
    deploy("<serviceTask id=\"step\" millrace:stage=\"" + stage + "\"/>");
    operator.post("stages/" + stage + "/pause").ok();
    try (WireClient worker = Wire.STOMP.connect(server, "worker")) {
      WireClient.Inbox works = worker.consume("millrace.stage." + stage);
      String id = start("{}");
      await().atMost(Operations.PATIENCE).until(() -> stage().get("queued").asLong() == 1);
      assertThat(stage().get("paused").asBoolean()).isTrue();
      assertThat(works.receive(SHORT)).isNull();

      operator.post("stages/" + stage + "/resume").ok();

      WireMessage work = works.receive(Operations.PATIENCE);
      assertThat(work).isNotNull();
      assertThat(stage().get("paused").asBoolean()).isFalse();
      answer(worker, work, "{}", "done");
      operator.awaitState(id, "completed");
    }
  }

  /**
   * Its priority is an expression, which can no longer be evaluated when the attempt has failed.
   */
  @Test
  void givenWorkWhoseNextAttemptCannotBeSent_whenItFails_thenAnIncidentSaysBoth() {
    deploy(
        "<serviceTask id=\"step\" millrace:stage=\"charge-payment\" millrace:priority=\"${p + 1}\"/>");
    operator.post("stages/charge-payment/pause").ok();
    String id = start("{\"p\":5}");
    operator.put("instances/" + id + "/variables", "{\"p\":\"high\"}").ok();

    operator.post("stages/charge-payment/resume").ok();

    JsonNode incident = operator.awaitIncident(id);
    assertThat(incident.get("attempts").asInt()).isEqualTo(1);
    assertThat(incident.get("message").asText()).contains("p + 1");
    assertThat(incident.get("details").asText())
        .contains("org.millrace.examples.order.ChargePayment.handle");
  }

  @Test
  void givenASuspendedInstance_whenItIsResumed_thenItGoesOn() {
    deploy("<serviceTask id=\"step\" millrace:stage=\"notify-customer\"/>");
    operator.post("stages/notify-customer/pause").ok();
    Order order = Order.plain();
    String id = start(order.json());
    operator.post("instances/" + id + "/suspend").ok();
    operator.post("stages/notify-customer/resume").ok();
    await().atMost(Operations.PATIENCE).until(() -> queued("notify-customer") == 0);
    JsonNode suspended = operator.instance(id);
    assertThat(suspended.get("state").asText()).isEqualTo("suspended");
    assertThat(suspended.get("tokens").get(0).get("activity").asText()).isEqualTo("step");
    Rows rows = new Rows(server);
    String notifications =
        "select count(*) from notification where order_id = '" + order.id() + "'";
    assertThat(rows.number(notifications)).isZero();

    operator.post("instances/" + id + "/resume").ok();

    operator.awaitState(id, "completed");
    assertThat(rows.number(notifications)).isEqualTo(1);
  }

  @Test
  void givenARunningInstance_whenAnOperatorCancelsIt_thenALateAnswerIsStaleAndHarmless() {
    deploy("<serviceTask id=\"step\" millrace:stage=\"" + stage + "\"/>");
    try (WireClient worker = Wire.AMQP.connect(server, "worker")) {
      WireClient.Inbox works = worker.consume("millrace.stage." + stage);
      String id = start("{}");
      WireMessage work = works.receive(Operations.PATIENCE);
      operator.post("instances/" + id + "/cancel").ok();
      JsonNode cancelled = operator.awaitState(id, "cancelled");
      answer(worker, work, "{\"answeredTooLate\":true}", "done");
      // Not even JSON, and sent after it: once this one is refused, the late one has been served.
      answer(worker, work, "no JSON", "done");
      await()
          .atMost(Operations.PATIENCE)
          .until(() -> operator.get("messages?queue=rejected").text().contains(workId(work)));
      assertThat(operator.get("messages?queue=rejected").text()).doesNotContain("answeredTooLate");
      assertThat(operator.instance(id)).isEqualTo(cancelled);
    }
  }

  private void deploy(String step) {
    new Operations(server, "admin").deploy(Bpmn.process(process, step)).ok();
  }

  private String start(String variables) {
    return operator
        .post(
            "instances",
            "{\"process\":\"%s\",\"businessKey\":\"%s\",\"variables\":%s}"
                .formatted(process, process, variables))
        .ok()
        .get("id")
        .asText();
  }

  private static String workId(WireMessage work) {
    return work.properties().get("workId");
  }

  /** Answers work; more properties may be given, as name, value, name, value. */
  private static void answer(
      WireClient worker, WireMessage work, String body, String outcome, Object... more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("workId", workId(work));
    properties.put("outcome", outcome);
    for (int i = 0; i < more.length; i += 2) {
      properties.put((String) more[i], more[i + 1]);
    }
    worker.send("millrace.outcome", new WireClient.Outgoing(body, properties));
  }

  private JsonNode stage() {
    return Operations.find(operator.get("stages").ok(), "stage", stage).orElseThrow();
  }

  private long queued(String name) {
    JsonNode found = Operations.find(operator.get("stages").ok(), "stage", name).orElseThrow();
    return found.get("queued").asLong();
  }
}
