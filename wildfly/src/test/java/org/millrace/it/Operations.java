package org.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.millrace.it.Api.Answer;

/** What one user does and sees by the JSON resources; waits for what the engine does by itself. */
final class Operations {

  /** So long may what the engine does by itself take on a busy machine. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Api api;

  Operations(TestServer server, String user) {
    api = Api.as(server, user);
  }

  Answer get(String path) {
    return api.get(path);
  }

  Answer post(String path) {
    return api.post(path);
  }

  Answer post(String path, String json) {
    return api.post(path, json);
  }

  Answer put(String path, String json) {
    return api.put(path, json);
  }

  Answer deploy(String xml) {
    return api.send("POST", "definitions", "application/xml", xml.getBytes(UTF_8));
  }

  /** Nothing runs, waits for a person, or is in doubt any more. */
  void awaitNothingIsLeft() {
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              assertNothingIsLeft();
              assertThat(get("transactions").ok()).isEmpty();
            });
  }

  /** Nothing runs or waits for a person just now. */
  void assertNothingIsLeft() {
    assertThat(get("incidents").ok()).isEmpty();
    assertThat(get("messages?queue=rejected").ok()).isEmpty();
    assertThat(get("messages?queue=dead").ok()).isEmpty();
    assertThat(get("instances?state=running").ok().get("total").asInt()).isZero();
  }

  static String encode(String value) {
    return URLEncoder.encode(value, UTF_8);
  }

  /** The one instance with a business key, once it can be seen. */
  String awaitInstance(String businessKey) {
    return await()
        .atMost(PATIENCE)
        .until(() -> instances(businessKey), found -> found.size() == 1)
        .get(0)
        .get("id")
        .asText();
  }

  JsonNode instances(String businessKey) {
    return get("instances?businessKey=" + encode(businessKey)).ok().get("items");
  }

  JsonNode instance(String id) {
    return get("instances/" + id).ok();
  }

  JsonNode awaitState(String id, String state) {
    return await()
        .atMost(PATIENCE)
        .until(() -> instance(id), found -> found.get("state").asText().equals(state));
  }

  /** A wait of an instance at an activity, once it is there. */
  JsonNode awaitWait(String instanceId, String activity) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> find(get("instances/" + instanceId + "/waits").ok(), "activity", activity),
            Optional::isPresent)
        .orElseThrow();
  }

  /** The one incident of an instance, once it is there. */
  JsonNode awaitIncident(String instanceId) {
    return await()
        .atMost(PATIENCE)
        .until(() -> find(get("incidents").ok(), "instanceId", instanceId), Optional::isPresent)
        .orElseThrow();
  }

  /** The first of a list with this value in this field. */
  static Optional<JsonNode> find(JsonNode list, String field, String value) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(one -> one.path(field).asText().equals(value))
        .findFirst();
  }
}
