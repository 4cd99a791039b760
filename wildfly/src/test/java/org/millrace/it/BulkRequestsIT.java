package org.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.millrace.it.Api.Answer;

/**
 * Bad requests in bulk, to every JSON resource: each is served or refused with a reason, and the
 * server is as before. {@code -Dbulk.requests=N} says how many, {@code -Dbulk.seed=N} which.
 */
class BulkRequestsIT {

  private static final int REQUESTS = Integer.getInteger("bulk.requests", 400);
  private static final long SEED = Long.getLong("bulk.seed", 1);
  private static final long HEAP_TOLERANCE = 64L * 1024 * 1024;
  private static final int THREAD_TOLERANCE = 60;

  private static final String VARIABLES =
      "{\"orderId\":\"7\",\"total\":12.50,\"items\":[{\"sku\":\"Ä\",\"quantity\":1}]}";

  /** A call that can be made, of which worse ones are made. */
  private record Call(String method, String path, List<String> queries, String user) {}

  private final String run = "bulk-" + UUID.randomUUID();
  private final Random random = new Random(SEED);
  private final Mutations mutations = new Mutations(random);
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final List<String> instances = new ArrayList<>();

  /**
   * How often the server has closed the connection: HTTP/2 has it do so when a client takes back
   * many requests, and a client does that when its body is not wanted.
   */
  private int closed;

  @Test
  void givenRequestsOfAllKindsOfBadness_thenEachIsServedOrRefusedWithAReason(TestServer server) {
    System.out.println("BulkRequestsIT: -Dbulk.seed=" + SEED + " -Dbulk.requests=" + REQUESTS);
    List<Call> calls = calls(Api.as(server, "viewer").get("openapi").json());
    Operations admin = new Operations(server, "admin");
    admin.deploy(Bpmn.process(run, "<serviceTask id=\"step\" millrace:stage=\"bulk-work\"/>")).ok();
    for (int i = 0; i < 20; i++) {
      String start = "{\"process\":\"%s\"}".formatted(run);
      instances.add(admin.post("instances", start).ok().get("id").asText());
    }
    Inside inside = new Inside(server);
    send(server, calls, REQUESTS / 10);
    Inside.Machine before = inside.machine();

    send(server, calls, REQUESTS);

    Inside.Machine after = inside.machine();
    System.out.println(
        "BulkRequestsIT: %s, closed %d, before %s, after %s"
            .formatted(statuses, closed, before, after));
    assertThat(closed).isLessThan(Math.max(5, REQUESTS / 100));
    assertThat(after.heapBytes()).isLessThan(before.heapBytes() + HEAP_TOLERANCE);
    assertThat(after.threads()).isLessThan(before.threads() + THREAD_TOLERANCE);
    assertThat(statuses.keySet()).as("some are served").contains(200, 204);
    instances.forEach(id -> admin.post("instances/" + id + "/cancel"));
    assertThat(admin.get("instances?process=" + run).ok().get("total").asInt())
        .isGreaterThanOrEqualTo(20);
  }

  private static List<Call> calls(JsonNode document) {
    List<Call> calls = new ArrayList<>();
    for (var path : document.get("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        List<String> queries = new ArrayList<>();
        for (JsonNode parameter : operation.getValue().path("parameters")) {
          if (parameter.path("in").asText().equals("query")) {
            queries.add(parameter.get("name").asText());
          }
        }
        String role = operation.getValue().at("/security/0/basic/0").asText();
        calls.add(
            new Call(
                operation.getKey().toUpperCase(Locale.ROOT),
                path.getKey().substring(1),
                queries,
                role.equals("user") ? "user" : "admin"));
      }
    }
    return calls;
  }

  private void send(TestServer server, List<Call> calls, int count) {
    for (int i = 0; i < count; i++) {
      Call call = mutations.pick(calls);
      String user = random.nextInt(50) == 0 ? "viewer" : call.user();
      String path = path(call.path()) + query(call);
      boolean takesBody = !call.method().equals("GET");
      byte[] body = takesBody ? body(call.path()) : new byte[0];
      String type = takesBody ? type() : null;
      Answer answer = answer(server, user, call.method(), path, type, body);
      if (answer == null) {
        continue;
      }
      String told =
          "%s %s %s %s -> %d %s"
              .formatted(call.method(), path, type, shown(body), answer.status(), answer.text());
      statuses.merge(answer.status(), 1, Integer::sum);
      assertThat(answer.status()).as(told).isLessThan(500);
      if (answer.status() >= 400) {
        assertThat(answer.header("Content-Type")).as(told).startsWith("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.get("status").asInt()).as(told).isEqualTo(answer.status());
        assertThat(problem.get("title").asText()).as(told).isNotBlank();
        assertThat(problem.get("detail").asText())
            .as(told)
            .isNotBlank()
            .doesNotContain("Exception", "org.h2", "org.hibernate", "RESTEASY");
      }
    }
  }

  /** Null where the server has closed the connection instead: that is no more than that. */
  private @Nullable Answer answer(
      TestServer server,
      String user,
      String method,
      String path,
      @Nullable String type,
      byte[] body) {
    try {
      return Api.as(server, user).send(method, path, type, body);
    } catch (UncheckedIOException e) {
      closed++;
      return null;
    }
  }

  /** Real ids and others; what is done to others' instances and stages is not done here. */
  private String path(String template) {
    StringBuilder path = new StringBuilder();
    for (String part : template.split("/", -1)) {
      if (!path.isEmpty()) {
        path.append('/');
      }
      path.append(part.startsWith("{") ? segment(template, part) : part);
    }
    return path.toString();
  }

  private String segment(String template, String name) {
    if (random.nextInt(3) == 0) {
      String bad = mutations.injection();
      // An empty segment, or a dot, would be another path.
      return bad.isEmpty() || bad.length() > 5000 ? "%FF" : encode(bad);
    }
    String instance = mutations.pick(instances);
    return switch (template.split("/", -1)[0]) {
      case "instances" -> instance;
      case "waits", "tasks", "incidents" -> instance + "." + (1 + random.nextInt(3));
      case "definitions" -> name.equals("{version}") ? String.valueOf(random.nextInt(3)) : run;
      default -> run;
    };
  }

  private String query(Call call) {
    List<String> given = new ArrayList<>();
    boolean isForAll = List.of("incidents/retry", "messages/replay").contains(call.path());
    for (String name : call.queries()) {
      if (isForAll || random.nextInt(3) == 0) {
        String good =
            switch (name) {
              case "process", "stage" -> run;
              case "queue" -> "rejected";
              case "state" -> "running";
              case "variable" -> "orderId:7";
              case "dryRun" -> "true";
              default -> "1";
            };
        String value = isForAll || random.nextInt(3) > 0 ? good : mutations.injection();
        given.add(name + "=" + encode(value.length() > 5000 ? "x".repeat(5000) : value));
      }
    }
    if (random.nextInt(30) == 0) {
      given.add(encode(mutations.injection().strip() + "x") + "=1");
    }
    return given.isEmpty() ? "" : "?" + String.join("&", given);
  }

  private byte[] body(String path) {
    String good =
        switch (path) {
          case "definitions" -> Bpmn.empty(run + "-deployed");
          case "instances" ->
              "{\"process\":\"%s\",\"version\":1,\"businessKey\":\"k\",\"requestId\":\"%d\",\"variables\":%s}"
                  .formatted(run, random.nextInt(), VARIABLES);
          case "instances/{id}/modify" ->
              "{\"cancel\":[\"step\"],\"startBefore\":[\"step\"],\"variables\":%s}"
                  .formatted(VARIABLES);
          case "instances/{id}/migrate" -> "{\"version\":1,\"mapping\":{\"step\":\"step\"}}";
          case "migrations" ->
              "{\"process\":\"%s\",\"from\":1,\"to\":1,\"mapping\":{},\"dryRun\":true}"
                  .formatted(run);
          case "waits/{id}/trigger" ->
              "{\"outcome\":\"error\",\"errorCode\":\"NO_LUCK\",\"escalationCode\":\"E\",\"variables\":%s}"
                  .formatted(VARIABLES);
          case "events" ->
              "{\"message\":\"%s\",\"businessKey\":\"k\",\"instanceId\":\"i\",\"correlationKey\":\"c\",\"timeToLive\":1000,\"variables\":%s}"
                  .formatted(run, VARIABLES);
          case "signals" -> "{\"signal\":\"%s\",\"variables\":%s}".formatted(run, VARIABLES);
          case "decisions/{id}/evaluate" -> "{\"version\":1,\"variables\":%s}".formatted(VARIABLES);
          default -> random.nextBoolean() ? "" : VARIABLES;
        };
    byte[] body = good.getBytes(UTF_8);
    return random.nextInt(6) == 0 ? body : mutations.mutate(body);
  }

  private String type() {
    return random.nextInt(20) > 0
        ? "application/json"
        : mutations.pick(
            List.of(
                "text/xml",
                "text/plain",
                "application/json;charset=UTF-16",
                "application/octet-stream",
                "*/*",
                "a/b;c=\"",
                "multipart/form-data",
                "json"));
  }

  private static String shown(byte[] body) {
    String text = new String(body, UTF_8);
    return text.length() > 500 ? text.substring(0, 500) + "… (" + body.length + ")" : text;
  }

  /** Halves of surrogates become a question mark here; no request line can hold them. */
  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20").replace(".", "%2E");
  }
}
