package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a supervisor asks the management port, without logging in. */
class ManagementIT {

  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(strings = {"health/live", "health/ready"})
  void givenAReadyServer_whenAskedForItsHealth_thenItIsUp(String path, TestServer server)
      throws Exception {
    HttpResponse<String> response = get(server, path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).startsWith("{\"status\":\"UP\"");
  }

  @Test
  void givenAReadyServer_whenAskedForMetrics_thenItGivesThoseOfTheQueues(TestServer server)
      throws Exception {
    HttpResponse<String> response = get(server, "metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("# TYPE ")
        .contains(
            "wildfly_messaging_activemq_message_count{server=\"default\",jms_queue=\"millrace.start\"}");
  }

  private HttpResponse<String> get(TestServer server, String path)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.management().resolve(path)).build();
    return http.send(request, BodyHandlers.ofString());
  }
}
