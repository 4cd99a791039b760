package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What has ended is archived, and goes when its time is over. */
class RetentionIT {

  /** Ended instances stay for a second, or as long as the server keeps them. */
  private static String process(String id, String timeToLive) {
    return Bpmn.empty(id).replace("isExecutable=\"true\"", "isExecutable=\"true\" " + timeToLive);
  }

  @Test
  void givenAHistoryTimeToLive_whenItIsOver_thenTheInstanceIsInTheArchiveAndNowhereElse()
      throws Exception {
    Path archive = Path.of("target", "it", "archive-" + Bpmn.newId()).toAbsolutePath();
    Map<String, String> properties =
        Map.of("millrace.archive", archive.toString(), "millrace.housekeeping.pause", "PT1S");
    try (TestServer server = TestServer.named("retention", properties)) {
      Rows.deployTo(server);
      server.start();
      Operations admin = new Operations(server, "admin");
      admin.deploy(process("short", "millrace:historyTimeToLive=\"PT1S\"")).ok();
      admin.deploy(process("kept", "")).ok();
      String kept = start(admin, "kept");
      String gone = start(admin, "short");

      await()
          .atMost(Operations.PATIENCE)
          .until(() -> admin.get("instances/" + gone).status() == 404);

      List<JsonNode> lines = lines(archive);
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0).get("id").asText()).isEqualTo(gone);
      assertThat(lines.get(0).get("variables").get("a").asText()).isEqualTo("ä");
      assertThat(lines.get(0).get("history")).hasSize(3);
      assertThat(admin.get("instances/" + kept).ok().get("state").asText()).isEqualTo("completed");
      assertThat(new Rows(server).number("select count(*) from millrace_history")).isEqualTo(1);
    }
  }

  private static String start(Operations admin, String process) {
    String body = "{\"process\":\"%s\",\"variables\":{\"a\":\"ä\"}}".formatted(process);
    return admin.post("instances", body).ok().get("id").asText();
  }

  private static List<JsonNode> lines(Path archive) throws IOException {
    try (var files = Files.list(archive)) {
      Path file = files.findFirst().orElseThrow();
      return Files.readAllLines(file).stream().map(Api::parse).toList();
    }
  }

  @Test
  void givenEndedInstances_whenTheArchiveIsAsked_thenEachIsALine_alsoOverManyPages(
      TestServer server) {
    Operations admin = new Operations(server, "admin");
    String process = Bpmn.newId();
    admin.deploy(Bpmn.empty(process)).ok();
    for (int i = 0; i < 210; i++) {
      start(admin, process);
    }

    Api.Answer answer = admin.get("archive?process=" + process);

    assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
    List<JsonNode> lines = answer.text().lines().map(Api::parse).toList();
    assertThat(lines).hasSize(210);
    assertThat(lines.stream().map(line -> line.get("id").asText()))
        .isSorted()
        .doesNotHaveDuplicates();
    JsonNode first = lines.get(0);
    JsonNode shown = admin.instance(first.get("id").asText());
    shown.fieldNames().forEachRemaining(name -> assertSame(first, shown, name));
    String last = lines.get(199).get("id").asText();
    assertThat(admin.get("archive?process=" + process + "&after=" + last).text().lines())
        .hasSize(10);
  }

  private static void assertSame(JsonNode line, JsonNode shown, String name) {
    if (!name.equals("history")) { // There, decisions that were not made are left out.
      assertThat(line.get(name)).as(name).isEqualTo(shown.get(name));
    }
  }
}
