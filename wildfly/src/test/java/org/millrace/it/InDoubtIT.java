package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees where the server was halted between prepare and commit. */
@Tag("crash")
class InDoubtIT {

  /** Several passes of the recovery. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir static Path directory;

  private static final Victim UNDECIDED = Victims.stage("matrix-own");
  private static final Victim DECIDED = Victims.stage("matrix-other");

  @Test
  void givenTransactionsInDoubt_thenAPersonSeesThemUntilTheyAreSettled() throws IOException {
    try (TestServer server = TestServer.named("in-doubt", Map.of())) {
      MatrixServer.deployTo(server);
      Agent agent = Agent.onFreePort();
      Path rules = Files.writeString(directory.resolve("rules.btm"), "# None.\n");
      server.withJava(agent.option(rules)).start();
      halt(server, agent);
      Files.writeString(rules, Agent.HELD_RECOVERY);
      server.start();
      Operations operator = new Operations(server, "operator");

      JsonNode undecided = about(operator, server, UNDECIDED, "undecided");
      JsonNode decided = about(operator, server, DECIDED, "decided");
      assertThat(undecided.get("since").isNull()).isFalse();
      assertThat(undecided.get("branches").findValuesAsText("resource"))
          .containsExactlyInAnyOrder("broker", "database");
      assertThat(undecided.get("concerns").findValuesAsText("queue"))
          .contains("millrace.stage.matrix-own", "millrace.stage.matrix-after");
      assertThat(decided.get("concerns").findValuesAsText("queue"))
          .contains("millrace.stage.matrix-other");

      agent.delete(rules);

      await().atMost(PATIENCE).until(() -> operator.get("transactions").ok().isEmpty());
      for (Victim victim : List.of(UNDECIDED, DECIDED)) {
        victim.verify(new Scene(server, "", victim, 3));
      }
    }
  }

  private static void halt(TestServer server, Agent agent) {
    Probe probe = new Probe(server);
    List<Agent.Hold> holds =
        List.of(
            new Agent.Hold(UNDECIDED, KillPoint.AFTER_PREPARE_DATABASE),
            new Agent.Hold(DECIDED, KillPoint.DECIDED));
    for (Agent.Hold hold : holds) {
      Victim victim = hold.victim();
      victim.models().forEach(model -> new Operations(server, "admin").deploy(model).ok());
      probe.pause(victim.queue());
      victim.load(new Scene(server, "", victim, 3));
    }
    agent.arm(holds);
    probe.resume(UNDECIDED.queue());
    probe.resume(DECIDED.queue());
    assertThat(server.awaitEnd(Duration.ofMinutes(1))).isEqualTo(Agent.HALTED);
  }

  /** The one that is about an instance of the victim's. */
  private static JsonNode about(
      Operations operator, TestServer server, Victim victim, String state) {
    Scene scene = new Scene(server, "", victim, 3);
    List<String> ids = scene.keys().stream().map(scene::one).toList();
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                StreamSupport.stream(operator.get("transactions").ok().spliterator(), false)
                    .filter(each -> each.get("state").asText().equals(state))
                    .filter(
                        each ->
                            each.get("concerns").findValuesAsText("instanceId").stream()
                                .anyMatch(ids::contains))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }
}
