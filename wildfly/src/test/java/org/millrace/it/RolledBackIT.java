package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Between a crash and the next start somebody rolls the database's branch of a decided transaction
 * back by hand, which nobody should: what is seen of it, and how the instance goes on.
 */
@Tag("crash")
class RolledBackIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String LEDGER = "select activity from matrix_ledger";
  private static final Victim VICTIM = Victims.stage("matrix-other");

  @Test
  void givenADecidedTransaction_whenItsBranchIsRolledBackByHand_thenTheInstanceStandsWhereItWas()
      throws Exception {
    try (Postgres postgres = Postgres.start("rolled-back-database");
        TestServer server = TestServer.named("rolled-back", postgres.properties())) {
      MatrixServer.deployTo(server);
      Agent agent = Agent.in(server);
      server.start();
      Scene scene = new Scene(server, "", VICTIM, 1);
      haltWhenDecided(server, agent, scene);
      List<String> prepared = postgres.prepared();
      assertThat(prepared).hasSize(1);
      postgres.execute("millrace", "rollback prepared '" + prepared.get(0) + "'");
      server.start();

      // The broker's branch is committed: the next stage was told, by an instance that knows
      // nothing.
      Operations operator = new Operations(server, "operator");
      String id = scene.one(scene.keys().get(0));
      JsonNode refused =
          await()
              .atMost(PATIENCE)
              .until(() -> operator.get("messages?queue=rejected").ok(), all -> !all.isEmpty())
              .get(0);
      assertThat(refused.get("reason").asText()).contains("no instance waits for it");
      assertThat(refused.get("properties").get("instanceId").asText()).isEqualTo(id);
      assertThat(refused.get("properties").get("activity").asText()).isEqualTo("after");
      assertThat(operator.get("transactions").ok()).isEmpty();
      assertThat(operator.awaitWait(id, "it").get("kind").asText()).isEqualTo("work");
      assertThat(new Rows(server).select(LEDGER)).isEmpty();

      operator.post("instances/" + id + "/suspend");
      operator.post("instances/" + id + "/resume");

      operator.awaitState(id, "completed");
      assertThat(new Rows(server).select(LEDGER)).containsExactly("it", "after");
    }
  }

  private static void haltWhenDecided(TestServer server, Agent agent, Scene scene) {
    VICTIM.models().forEach(model -> new Operations(server, "admin").deploy(model).ok());
    Probe probe = new Probe(server);
    probe.pause(VICTIM.queue());
    VICTIM.load(scene);
    agent.arm(List.of(new Agent.Hold(VICTIM, KillPoint.DECIDED)));
    probe.resume(VICTIM.queue());
    assertThat(server.awaitEnd(Duration.ofMinutes(1))).isEqualTo(Agent.HALTED);
  }
}
