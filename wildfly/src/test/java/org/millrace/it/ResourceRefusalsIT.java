package org.millrace.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.it.Api.Answer;

/** Who may not, and what may not be said: every refusal is a problem document with its status. */
class ResourceRefusalsIT {

  private static final Map<String, Set<String>> ROLES =
      Map.of(
          "viewer", Set.of("viewer"),
          "operator", Set.of("operator", "viewer"),
          "admin", Set.of("admin", "operator", "viewer"),
          "user", Set.of("user"),
          "client", Set.of(),
          "worker", Set.of());

  /** What gets past the reading of the body and then finds nothing that it could change. */
  private static final Map<String, String> BODIES =
      Map.of(
          "startInstance", "{\"process\":\"nope\"}",
          "sendEvent", "{\"message\":\"nope\"}",
          "sendSignal", "{\"signal\":\"nope\"}",
          "migrateInstance", "{\"version\":1}",
          "migrateInstances", "{\"process\":\"nope\",\"from\":1,\"to\":2}",
          "deploy", "<nope/>");

  private static final Map<String, String> QUERIES =
      Map.of(
          "listMessages", "?queue=rejected",
          "replayMessages", "?queue=dead",
          "retryIncidents", "?process=nope");

  private static final int MIB = 1024 * 1024;

  @Test
  void givenEachOperationAndEachUser_whenCalled_thenTheRolesDecide(TestServer server) {
    JsonNode document = Api.as(server, "viewer").get("openapi").json();
    var softly = new SoftAssertions();

    for (var path : document.get("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        assertRoles(server, softly, operation.getKey(), path.getKey(), operation.getValue());
      }
    }

    softly.assertAll();
  }

  private static void assertRoles(
      TestServer server, SoftAssertions softly, String method, String path, JsonNode operation) {
    String id = operation.get("operationId").asText();
    JsonNode needed = operation.at("/security/0/basic/0");
    String url =
        path.substring(1).replace("{version}", "1").replaceAll("\\{\\w+}", "nope")
            + QUERIES.getOrDefault(id, "");
    byte[] body = BODIES.getOrDefault(id, "").getBytes(UTF_8);
    String mediaType = body.length == 0 ? null : "application/json";
    String verb = method.toUpperCase(Locale.ROOT);

    assertProblem(softly, id, Api.asNobody(server).send(verb, url, mediaType, body), 401);
    ROLES.forEach(
        (user, roles) -> {
          Answer answer = Api.as(server, user).send(verb, url, mediaType, body);
          String call = user + " calls " + id;
          if (operation.get("responses").has("501")) {
            assertProblem(softly, call, answer, 501);
          } else if (needed.isMissingNode() || roles.contains(needed.asText())) {
            softly.assertThat(answer.status()).as(call).isNotIn(401, 403).isLessThan(500);
          } else {
            assertProblem(softly, call, answer, 403);
          }
        });
  }

  private static void assertProblem(SoftAssertions softly, String call, Answer answer, int status) {
    softly.assertThat(answer.status()).as(call).isEqualTo(status);
    softly
        .assertThat(answer.header("Content-Type"))
        .as(call)
        .startsWith("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({"viewer, wrong", "viewer, ''", "nobody, nobody", "'', ''", "viewer, 'viewer '"})
  void givenWrongCredentials_whenCalled_thenChallengedAndNoSessionLeft(
      String user, String password, TestServer server) {
    for (Answer answer :
        List.of(
            Api.as(server, user, password).get("instances"),
            Api.as(server, user, password).get("nothing/here"),
            Api.as(server, user, password).post("instances", "{\"process\":\"nope\"}"))) {
      assertProblem(answer, 401);
      assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=\"Millrace\"");
      assertThat(answer.headers().allValues("Set-Cookie"))
          .allMatch(cookie -> cookie.contains("Expires=Thu, 01-Jan-1970"));
    }
  }

  @Test
  void givenSessionOfThePages_whenCalled_thenItDoesNotCount(TestServer server) throws Exception {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    HttpRequest page = HttpRequest.newBuilder(server.web().resolve("instances.xhtml")).build();
    HttpRequest login =
        HttpRequest.newBuilder(server.web().resolve("j_security_check"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("j_username=viewer&j_password=viewer"))
            .build();
    HttpRequest call = HttpRequest.newBuilder(server.web().resolve("api/instances")).build();
    HttpRequest wrong =
        HttpRequest.newBuilder(call.uri()).header("Authorization", "Basic dmlld2VyOng=").build();

    browser.send(page, BodyHandlers.discarding());
    assertThat(browser.send(login, BodyHandlers.discarding()).headers().firstValue("Location"))
        .hasValueSatisfying(next -> assertThat(next).endsWith("/instances.xhtml"));

    assertThat(browser.send(call, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
    assertThat(browser.send(wrong, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
  }

  @Test
  void givenCredentials_whenCalled_thenNoSessionAndTheHeadersForBrowsers(TestServer server) {
    Answer answer = Api.as(server, "viewer").get("instances");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Set-Cookie")).isEmpty();
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, nothing, 404",
    "GET, instances/a/b/c, 404",
    "GET, definitions/a/b/xml, 404",
    "GET, instances/nope, 404",
    "GET, instances/nope/waits, 404",
    "GET, instances/nope/called, 404",
    "GET, definitions/nope/1/xml, 404",
    "POST, instances/nope/cancel, 404",
    "POST, instances/nope/suspend, 404",
    "POST, instances/nope/resume, 404",
    "PUT, instances/nope/variables, 404",
    "POST, waits/nope/trigger, 404",
    "POST, incidents/nope/retry, 404",
    "POST, messages/nope/replay, 404",
    "POST, messages/replay, 400",
    "POST, messages/replay?queue=stage.x, 400",
    "DELETE, instances, 405",
    "PUT, instances/nope, 405",
    "PATCH, instances/nope/variables, 405",
    "GET, events, 405",
    "GET, instances/%00, 400",
    "GET, instances/%FF, 400",
  })
  void givenWhatIsNotThere_whenCalled_thenTheStatusSaysSo(
      String method, String path, int status, TestServer server) {
    assertProblem(Api.as(server, "operator").send(method, path, null, new byte[0]), status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "instances?state=Running",
        "instances?state=running&state=failed",
        "instances?from=-1",
        "instances?from=x",
        "instances?size=0",
        "instances?size=501",
        "instances?size=99999999999",
        "instances?variable=novalue",
        "instances?variable=:noname",
        "instances?process=%00",
        "instances?proces=order",
        "messages",
        "messages?queue=",
        "messages?queue=stage.x",
        "messages?queue=dead&size=501",
        "incidents?stages=x",
        "incidents?size=501",
        "incidents?from=-1",
        "stages?x=1",
      })
  void givenParameterThatIsNone_whenAsked_thenRefused(String path, TestServer server) {
    assertProblem(Api.as(server, "operator").get(path), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "1",
        "{",
        "{\"process\":\"p\"}}",
        "{\"process\":null}",
        "{\"process\":1}",
        "{\"process\":\"\"}",
        "{\"process\":\"p\\u0000\"}",
        "{\"process\":\"not-deployed\"}",
        "{\"process\":\"p\",\"unknown\":1}",
        "{\"process\":\"p\",\"process\":\"p\"}",
        "{\"process\":\"p\",\"version\":\"1\"}",
        "{\"process\":\"p\",\"version\":1.5}",
        "{\"process\":\"p\",\"version\":99999999999}",
        "{\"process\":\"p\",\"version\":-1}",
        "{\"process\":\"p\",\"businessKey\":5}",
        "{\"process\":\"p\",\"variables\":[]}",
        "{\"process\":\"p\",\"variables\":{\"a\":1,\"a\":2}}",
        "{\"process\":\"p\",\"variables\":{\"a\":\"\\u0000\"}}",
        "{\"process\":\"p\",\"variables\":{\"a\":\"\\ud800\"}}",
        "{\"process\":\"p\",\"variables\":{\"a\":NaN}}",
        "{\"process\":\"p\",\"variables\":{\"a\":1e99999999999}}",
      })
  void givenBodyThatIsNoStart_whenPosted_thenRefused(String body, TestServer server) {
    assertProblem(Api.as(server, "operator").post("instances", body), 400);
  }

  @Test
  void givenBodyOfOddForm_whenPosted_thenRefused(TestServer server) {
    Api operator = Api.as(server, "operator");
    String deep =
        "{\"process\":\"p\",\"variables\":{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}}";

    assertProblem(operator.post("instances", deep), 400);
    assertProblem(operator.post("instances", "[".repeat(100_000)), 400);
    assertProblem(operator.post("instances", "{\"a\":".repeat(100_000)), 400);
    assertProblem(
        operator.send(
            "POST", "instances", "application/json", "{\"a\":\"é\"}".getBytes(ISO_8859_1)),
        400);
    assertProblem(
        operator.send("POST", "instances", "application/json", "{}".getBytes(UTF_16)), 400);
    assertProblem(operator.send("POST", "instances", "no type", "{}".getBytes(UTF_8)), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
  void givenOtherMediaType_whenPosted_thenRefused(String mediaType, TestServer server) {
    assertProblem(
        Api.as(server, "operator")
            .send("POST", "instances", mediaType, "{\"process\":\"p\"}".getBytes(UTF_8)),
        415);
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 20, 60})
  void givenTooMuch_whenPosted_thenAnsweredAndNotCutOff(int mebibytes, TestServer server) {
    byte[] large = " ".repeat(mebibytes * MIB).getBytes(UTF_8);

    assertProblem(
        Api.as(server, "operator").send("POST", "instances", "application/json", large), 413);
    assertProblem(Api.as(server, "admin").send("POST", "definitions", "text/xml", large), 413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":1}",
        "{}",
        "{\"message\":\"m\",\"timeToLive\":-1}",
        "{\"message\":\"m\",\"timeToLive\":\"1\"}",
        "{\"message\":\"m\",\"timeToLive\":1.5}",
        "{\"message\":\"m\",\"variables\":\"x\"}",
        "{\"message\":\"m\",\"other\":\"x\"}",
      })
  void givenBodyThatIsNoEvent_whenPosted_thenRefused(String body, TestServer server) {
    assertProblem(Api.as(server, "operator").post("events", body), 400);
  }

  private static void assertProblem(Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.get("type").asText()).isEqualTo("about:blank");
    assertThat(problem.get("title").asText()).isNotBlank();
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asText()).isNotBlank().doesNotContain("Exception", "RESTEASY");
  }
}
