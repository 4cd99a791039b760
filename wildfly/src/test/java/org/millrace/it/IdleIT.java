package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No polling: the engine goes to the database for work alone. */
class IdleIT {

  /**
   * How often somebody has taken a connection for a transaction. The transaction manager's search
   * for what a crash has left has a connection of its own, and is not counted.
   */
  private static final Pattern TAKEN =
      Pattern.compile(
          "datasources_pool_xa_?start_count(?:_total)?\\{[^}]*MillraceDS[^}]*} ([0-9.E]+)");

  /** Longer than each of the pauses between two looks at the broker, or two recovery passes. */
  private static final Duration LISTENED = Duration.ofSeconds(17);

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void givenNothingToDo_whenTimePasses_thenNobodyGoesToTheDatabase(TestServer server)
      throws Exception {
    Operations admin = new Operations(server, "admin");
    String process = Bpmn.newId();
    admin.deploy(Bpmn.empty(process)).ok();
    long before = taken(server);
    admin.post("instances", "{\"process\":\"%s\"}".formatted(process)).ok();
    assertThat(taken(server)).isGreaterThan(before);

    AtomicLong last = new AtomicLong(-1);
    await()
        .atMost(Operations.PATIENCE.plus(LISTENED))
        .during(LISTENED)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              long now = taken(server);
              return last.getAndSet(now) == now;
            });
  }

  private long taken(TestServer server) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.management().resolve("metrics")).build();
    String metrics = http.send(request, BodyHandlers.ofString()).body();
    Matcher metric = TAKEN.matcher(metrics);
    assertThat(metric.find()).as(metrics).isTrue();
    return (long) Double.parseDouble(metric.group(1));
  }
}
