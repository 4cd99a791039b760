package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody rolls a prepared branch back by hand, while the transaction is being committed. */
@Tag("crash")
class HeuristicIT {

  /** Several passes of the recovery. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Only the database's branch of the next transaction: from its point of view nobody asked. */
  private static final String BY_HAND =
      """
      RULE somebody was faster
      CLASS org.h2.jdbcx.JdbcXAConnection
      METHOD commit
      AT ENTRY
      IF NOT $2 AND flag("by hand")
      DO $0.rollback($1)
      ENDRULE
      """;

  @Test
  void givenABranchRolledBackByHand_thenAPersonSeesItAndAcceptsIt() {
    assumeTrue(Browser.isInstalled(), "No chromium: the page is not tested in a browser");
    try (TestServer server = TestServer.named("heuristic", Map.of())) {
      Agent agent = Agent.in(server);
      server.start();
      Operations admin = new Operations(server, "admin");
      Operations operator = new Operations(server, "operator");
      admin
          .deploy(Bpmn.process("to-nobody", "<serviceTask id=\"step\" millrace:stage=\"nobody\"/>"))
          .ok();
      agent.submit("by hand", BY_HAND);
      operator.post("instances", "{\"process\":\"to-nobody\",\"businessKey\":\"h-1\"}");

      JsonNode heuristic =
          await()
              .atMost(PATIENCE)
              .until(() -> operator.get("transactions").ok(), found -> !found.isEmpty())
              .get(0);
      assertThat(heuristic.get("state").asText()).isEqualTo("heuristic");
      assertThat(heuristic.get("branches").findValuesAsText("state")).contains("heuristic");
      String forget = "transactions/" + heuristic.get("id").asText() + "/forget";

      assertThat(operator.post("transactions/recover").status()).isEqualTo(204);
      assertThat(operator.get("transactions").ok().get(0).get("id")).isEqualTo(heuristic.get("id"));
      assertThat(operator.post(forget).status()).isEqualTo(403);
      assertThat(admin.post("transactions/0:1:2:3:4/forget").status()).isEqualTo(404);

      try (Browser browser = Browser.open(server, "en-US")) {
        browser.logIn("admin");
        browser.go("transactions");
        assertThat(browser.text("#list")).contains("settled by somebody else", "Accept as it is");
        browser.click("#list button");
        browser.click(".ui-confirmdialog-yes");
        assertThat(browser.text("#messages li")).contains("Taken off the log");
      }
      assertThat(operator.get("transactions").ok()).isEmpty();
      assertThat(server.logText()).contains("admin has accepted the heuristic outcome");
    }
  }
}
