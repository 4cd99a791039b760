package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clock is set forward and back by an hour while timers, pauses between attempts, kept messages
 * and work are under way: the server's own clock alone.
 */
@Tag("crash")
class ClockIT {

  /** Much less than an hour, and more than anything here takes that waits for no timer. */
  private static final Duration SOON = Duration.ofSeconds(45);

  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir static Path directory;

  private ServerClock clock;
  private TestServer server;
  private Operations operator;

  @Test
  void givenAllKindsOfWaiting_whenTheClockIsSet_thenWhatIsDueComesAndNothingElseWaits()
      throws Exception {
    assumeTrue(ServerClock.isPossible(), "no C compiler: the server's clock cannot be set");
    clock = ServerClock.make(directory);
    List<Sale> sales = sales();
    Customers customers = new Customers(sales);
    try (TestServer started = TestServer.named("clock", Map.of())) {
      server = started;
      MatrixServer.deployTo(server);
      clock.giveTo(server);
      server.start();
      operator = new Operations(server, "admin");
      operator.deploy(timer("near", "PT10M")).ok();
      operator.deploy(timer("far", "PT50M")).ok();
      operator.deploy(timer("later", "PT2H")).ok();
      operator.deploy(failing()).ok();
      operator.deploy(waiting()).ok();

      customers.serve(server, () -> customers.replies() > sales.size() / 3);
      forward();
      customers.serve(server, () -> customers.replies() > sales.size() * 2 / 3);
      back();
      server.kill();
      clock.set(HOUR.negated());
      server.start();
      customers.serve(server, () -> false);

      assertNothingIsLeft();
      server.stop();
      try (Connection connection = H2File.open(server)) {
        new Books(connection).audit(sales);
      }
    }
  }

  /** Timers that are due now fire at once, the others do not, and what was kept is still there. */
  private void forward() throws IOException {
    String near = start("near", "{}");
    String far = start("far", "{}");
    String later = start("later", "{}");
    operator
        .post(
            "events",
            "{\"message\":\"clock\",\"businessKey\":\"kept\",\"timeToLive\":%d}"
                .formatted(HOUR.multipliedBy(2).toMillis()))
        .ok();

    clock.set(HOUR);

    await().atMost(SOON).until(() -> isCompleted(near));
    await().atMost(SOON).until(() -> isCompleted(far));
    assertThat(isCompleted(later)).isFalse();
    String kept = start("waiting", "{}", "kept");
    await().atMost(SOON).until(() -> isCompleted(kept));
    operator.post("instances/" + later + "/cancel").ok();
  }

  /** A pause between two attempts lasts as long as it should, and a timer waits for its time. */
  private void back() throws IOException {
    String timer = start("near", "{}");
    String failing = start("failing", "{\"fail\":true}");
    await()
        .atMost(SOON)
        .until(
            () -> operator.instance(failing).get("history").toString().contains("\"attempt\":2"));

    clock.set(Duration.ZERO);

    assertThat(operator.awaitIncident(failing).get("attempts").asInt()).isEqualTo(3);
    assertThat(isCompleted(timer)).isFalse();
    operator.post("instances/" + timer + "/cancel").ok();
    operator.post("instances/" + failing + "/cancel").ok();
  }

  private String start(String process, String variables) {
    return start(process, variables, process);
  }

  private String start(String process, String variables, String key) {
    return operator
        .post(
            "instances",
            "{\"process\":\"%s\",\"businessKey\":\"%s\",\"variables\":%s}"
                .formatted(process, key, variables))
        .ok()
        .get("id")
        .asText();
  }

  private boolean isCompleted(String id) {
    return operator.instance(id).get("state").asText().equals("completed");
  }

  private static List<Sale> sales() {
    Random random = new Random(1);
    return IntStream.range(0, 60).mapToObj(number -> Sale.random(number, random)).toList();
  }

  private static String timer(String id, String duration) {
    return Bpmn.process(
        id,
        """
        <intermediateCatchEvent id="step"><timerEventDefinition>
          <timeDuration>%s</timeDuration>
        </timerEventDefinition></intermediateCatchEvent>
        """
            .formatted(duration));
  }

  private static String failing() {
    return Bpmn.process(
        "failing",
        "<serviceTask id=\"step\" millrace:stage=\"matrix-failing\" millrace:retries=\"3\""
            + " millrace:backoff=\"PT0.1S,PT8S\"/>");
  }

  private static String waiting() {
    return Bpmn.process(
            "waiting",
            "<intermediateCatchEvent id=\"step\"><messageEventDefinition messageRef=\"m\"/>"
                + "</intermediateCatchEvent>")
        .replace("</definitions>", "<message id=\"m\" name=\"clock\"/></definitions>");
  }

  private void assertNothingIsLeft() {
    await().atMost(SOON).until(() -> operator.get("transactions").ok().isEmpty());
    await()
        .atMost(SOON)
        .until(() -> operator.get("instances?state=running").ok().get("total").asInt() == 0);
    operator.assertNothingIsLeft();
  }
}
