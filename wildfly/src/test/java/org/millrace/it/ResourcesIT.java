package org.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.it.Api.Answer;

/** One process, led by hand through all kinds of waits, with the JSON resources alone. */
class ResourcesIT {

  private static final String PROCESS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xmlns:millrace="http://millrace.org/schema/bpmn" targetNamespace="http://millrace.org/test">
        <!-- Grüße -->
        <message id="goMessage" name="resources-go"/>
        <process id="resources" name="All kinds of waits" isExecutable="true">
          <startEvent id="start"/>
          <sequenceFlow id="f1" sourceRef="start" targetRef="work"/>
          <serviceTask id="work" millrace:stage="resources-by-hand"/>
          <sequenceFlow id="f2" sourceRef="work" targetRef="go"/>
          <intermediateCatchEvent id="go">
            <messageEventDefinition messageRef="goMessage"/>
          </intermediateCatchEvent>
          <sequenceFlow id="f3" sourceRef="go" targetRef="check"/>
          <userTask id="check" name="Check it"/>
          <sequenceFlow id="f4" sourceRef="check" targetRef="later"/>
          <intermediateCatchEvent id="later">
            <timerEventDefinition>
              <timeDuration xsi:type="tFormalExpression">PT10H</timeDuration>
            </timerEventDefinition>
          </intermediateCatchEvent>
          <sequenceFlow id="f5" sourceRef="later" targetRef="end"/>
          <endEvent id="end"/>
        </process>
      </definitions>
      """;

  private static final String LIBRARY =
      """
      <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="resources-types"
          name="types" namespace="urn:resources-types">
        <itemDefinition id="t" name="Person"><typeRef>string</typeRef></itemDefinition>
      </definitions>
      """;

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  private final String key = UUID.randomUUID().toString();
  private Api operator;

  @BeforeAll
  static void deploy(TestServer server) {
    Answer answer =
        Api.as(server, "admin")
            .send("POST", "definitions", "application/xml", PROCESS.getBytes(UTF_8));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.text())
        .isEqualTo("[{\"kind\":\"process\",\"id\":\"resources\",\"version\":1}]");
  }

  @BeforeEach
  void logIn(TestServer server) {
    operator = Api.as(server, "operator");
  }

  @Test
  void givenDefinition_whenAskedFor_thenListedAndGivenBackByteForByte() {
    JsonNode listed = only(operator.get("definitions").json(), "id", "resources");
    Answer xml = operator.get("definitions/resources/1/xml");

    assertMembers(listed, "kind", "id", "version", "name", "deployedAt");
    assertThat(listed.get("name").asText()).isEqualTo("All kinds of waits");
    assertThat(listed.get("deployedAt").asText()).matches(TIME);
    assertThat(xml.status()).isEqualTo(200);
    assertThat(xml.header("Content-Type")).isEqualTo("application/xml");
    assertThat(xml.response().body()).isEqualTo(PROCESS.getBytes(UTF_8));
  }

  @Test
  void givenDocumentThatCannotRun_whenDeployed_thenItsProblemsAreNamed(TestServer server) {
    String bad = PROCESS.replaceAll("serviceTask", "complexGateway");

    Answer answer =
        Api.as(server, "admin").send("POST", "definitions", "text/xml", bad.getBytes(UTF_8));

    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = answer.json().get("problems").get(0);
    assertMembers(problem, "element", "line", "message");
    assertThat(problem.get("element").asText()).isEqualTo("work");
    assertThat(problem.get("line").asInt()).isEqualTo(10);
  }

  @Test
  void givenInstance_whenLedByHandThroughAllItsWaits_thenCompletedWithItsHistory(
      TestServer server) {
    String id =
        start("{\"price\":1.10,\"beyond\":12345678901234567890123,\"none\":null,\"list\":[1,{}]}");

    JsonNode work = awaitWait(id, "work");
    assertMembers(work, "id", "instanceId", "activity", "kind", "name", "due", "workId");
    assertThat(work.get("name").asText()).isEqualTo("resources-by-hand");
    assertThat(work.get("workId").asText()).isNotBlank();
    assertThat(work.get("due").isNull()).isTrue();
    assertInstance(id);
    trigger(work, "{\"variables\":{\"worked\":true}}");

    JsonNode message = awaitWait(id, "message");
    assertThat(message.get("name").asText()).isEqualTo("resources-go");
    Answer sent =
        operator.post(
            "events",
            "{\"message\":\"resources-go\",\"businessKey\":\"%s\",\"variables\":{\"went\":1}}"
                .formatted(key));
    assertThat(sent.status()).as(sent.text()).isEqualTo(200);
    assertThat(sent.text())
        .isEqualTo("{\"state\":\"delivered\",\"instanceId\":\"%s\"}".formatted(id));

    awaitWait(id, "task");
    completeTask(server, id);

    JsonNode timer = awaitWait(id, "timer");
    assertThat(timer.get("due").asText()).matches(TIME);
    trigger(timer, "");

    await()
        .until(
            () -> operator.get("instances/" + id).json().get("state").asText(),
            "completed"::equals);
    JsonNode ended = operator.get("instances/" + id).json();
    assertThat(ended.get("endedAt").asText()).matches(TIME);
    assertThat(ended.get("variables").toString())
        .contains(
            "\"price\":1.10",
            "\"beyond\":12345678901234567890123",
            "\"none\":null",
            "\"list\":[1,{}]",
            "\"worked\":true",
            "\"went\":1",
            "\"checked\":\"yes\"");
    assertThat(ended.get("tokens")).isEmpty();
    assertThat(ended.get("waits")).isEmpty();
    assertThat(texts(ended.get("history"), "activity"))
        .containsExactly("start", "work", "go", "check", "later", "end");
    assertThat(texts(ended.get("history"), "state")).containsOnly("completed");
    assertThat(operator.post("instances/" + id + "/cancel").status()).isEqualTo(409);
    assertThat(operator.put("instances/" + id + "/variables", "{\"a\":1}").status()).isEqualTo(409);
  }

  private void assertInstance(String id) {
    JsonNode instance = operator.get("instances/" + id).json();
    assertMembers(
        instance,
        "id",
        "process",
        "version",
        "businessKey",
        "state",
        "startedAt",
        "endedAt",
        "variables",
        "tokens",
        "waits",
        "history",
        "incidents");
    assertThat(instance.get("startedAt").asText()).matches(TIME);
    assertThat(instance.get("endedAt").isNull()).isTrue();
    assertMembers(instance.get("tokens").get(0), "activity", "since");
    assertMembers(
        instance.get("history").get(0),
        "activity",
        "type",
        "state",
        "startedAt",
        "endedAt",
        "attempt");
    assertThat(operator.get("instances/" + id + "/called").text()).isEqualTo("[]");
  }

  private void completeTask(TestServer server, String id) {
    Api user = Api.as(server, "user");
    JsonNode task = only(user.get("tasks").json(), "instanceId", id);
    assertThat(task.get("name").asText()).isEqualTo("Check it");
    String path = "tasks/" + task.get("id").asText();

    assertThat(user.post(path + "/claim").status()).isEqualTo(204);
    assertThat(only(user.get("tasks?user=user").json(), "instanceId", id).get("assignee").asText())
        .isEqualTo("user");
    assertThat(user.post(path + "/complete", "{\"checked\":\"yes\"}").status()).isEqualTo(204);
  }

  @Test
  void givenStage_whenWorkWaits_thenItIsCountedAndPausedAndResumed(TestServer server) {
    awaitWait(start("{}"), "work");
    new Operations(server, "admin").deploy(LIBRARY).ok(); // It has no stages.

    JsonNode stage = only(operator.get("stages").json(), "stage", "resources-by-hand");
    assertMembers(
        stage,
        "stage",
        "queued",
        "inFlight",
        "consumers",
        "paused",
        "completed",
        "failed",
        "perSecond",
        "p50Millis",
        "p99Millis");
    assertThat(stage.get("queued").asLong()).isPositive();

    assertThat(operator.post("stages/resources-by-hand/pause").status()).isEqualTo(204);
    assertThat(
            only(operator.get("stages").json(), "stage", "resources-by-hand")
                .get("paused")
                .asBoolean())
        .isTrue();
    assertThat(operator.post("stages/resources-by-hand/resume").status()).isEqualTo(204);
    assertThat(
            only(operator.get("stages").json(), "stage", "resources-by-hand")
                .get("paused")
                .asBoolean())
        .isFalse();
  }

  @Test
  void givenInstances_whenSearched_thenFoundByAllThatTheContractNames() {
    String id = start("{\"colour\":\"red\",\"size\":1.5}");
    awaitWait(id, "work");

    for (String query :
        List.of(
            "businessKey=" + key,
            "businessKey=" + key + "&process=resources&state=running&activity=work&from=0&size=1",
            "businessKey=" + key + "&variable=colour:red",
            "businessKey=" + key + "&variable=size:1.5")) {
      JsonNode page = operator.get("instances?" + query).json();
      assertMembers(page, "total", "items");
      assertThat(page.get("total").asInt()).as(query).isEqualTo(1);
      assertThat(page.at("/items/0/id").asText()).isEqualTo(id);
    }
    for (String query :
        List.of("state=completed", "activity=go", "variable=colour:blue", "process=x")) {
      assertThat(operator.get("instances?businessKey=" + key + "&" + query).text())
          .as(query)
          .isEqualTo("{\"total\":0,\"items\":[]}");
    }
    assertThat(operator.get("instances?businessKey=" + key + "&from=1").text())
        .isEqualTo("{\"total\":1,\"items\":[]}");
  }

  @Test
  void givenRequestId_whenStartedTwice_thenOnce() {
    String body =
        "{\"process\":\"resources\",\"version\":1,\"businessKey\":\"%s\",\"requestId\":\"%s\"}"
            .formatted(key, UUID.randomUUID());

    Answer first = operator.post("instances", body);
    Answer second = operator.post("instances", body);

    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(first.header("Location"))
        .endsWith("/millrace/api/instances/" + first.json().get("id").asText());
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(operator.get("instances?businessKey=" + key).json().get("total").asInt())
        .isEqualTo(1);
  }

  @Test
  void givenInstance_whenHeldResumedChangedAndCancelled_thenItsStateSaysSo() {
    String id = start("{\"a\":1}");
    awaitWait(id, "work");

    assertThat(operator.post("instances/" + id + "/suspend").status()).isEqualTo(204);
    assertThat(state(id)).isEqualTo("suspended");
    assertThat(operator.post("instances/" + id + "/resume").status()).isEqualTo(204);
    assertThat(state(id)).isEqualTo("running");
    assertThat(operator.put("instances/" + id + "/variables", "{\"b\":2.50}").status())
        .isEqualTo(204);
    assertThat(operator.get("instances/" + id).json().get("variables"))
        .hasToString("{\"a\":1,\"b\":2.50}");
    assertThat(operator.post("instances/" + id + "/cancel").status()).isEqualTo(204);
    assertThat(state(id)).isEqualTo("cancelled");
  }

  @Test
  void givenNobodyWaits_whenEventSent_thenUnmatchedOrKept() {
    String event = "{\"message\":\"resources-go\",\"businessKey\":\"%s\"%s}";

    assertThat(operator.post("events", event.formatted(key, "")).text())
        .isEqualTo("{\"state\":\"unmatched\",\"instanceId\":null}");
    assertThat(operator.post("events", event.formatted(key, ",\"timeToLive\":60000")).text())
        .isEqualTo("{\"state\":\"kept\",\"instanceId\":null}");
  }

  @Test
  void givenEmptyQueues_whenLookedInto_thenAnArray() {
    assertThat(operator.get("messages?queue=rejected").json().isArray()).isTrue();
    assertThat(operator.get("messages?queue=dead").json().isArray()).isTrue();
    assertMembers(operator.post("messages/replay?queue=dead").json(), "replayed");
    assertThat(operator.get("incidents?process=resources").text()).isEqualTo("[]");
    assertThat(operator.post("incidents/retry?process=resources").text())
        .isEqualTo("{\"retried\":0}");
  }

  private String start(String variables) {
    Answer answer =
        operator.post(
            "instances",
            "{\"process\":\"resources\",\"businessKey\":\"%s\",\"variables\":%s}"
                .formatted(key, variables));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertMembers(answer.json(), "id");
    return answer.json().get("id").asText();
  }

  private void trigger(JsonNode wait, String body) {
    Answer answer = operator.post("waits/" + wait.get("id").asText() + "/trigger", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
  }

  /** The only thing that it waits for, once that is of this kind. */
  private JsonNode awaitWait(String instance, String kind) {
    JsonNode waits =
        await()
            .until(
                () -> operator.get("instances/" + instance + "/waits").json(),
                found -> texts(found, "kind").equals(List.of(kind)));
    return waits.get(0);
  }

  private String state(String instance) {
    return operator.get("instances/" + instance).json().get("state").asText();
  }

  private static JsonNode only(JsonNode array, String member, String value) {
    List<JsonNode> found =
        StreamSupport.stream(array.spliterator(), false)
            .filter(element -> element.get(member).asText().equals(value))
            .toList();
    assertThat(found).as(array.toString()).hasSize(1);
    return found.get(0);
  }

  private static List<String> texts(JsonNode array, String member) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(element -> element.get(member).asText())
        .toList();
  }

  private static void assertMembers(JsonNode object, String... members) {
    assertThat(object.properties().stream().map(Map.Entry::getKey)).containsExactly(members);
  }
}
