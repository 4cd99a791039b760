package org.millrace.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.api.operation.IncidentView;
import org.millrace.api.operation.InstanceView;

class MarksTest {

  private static final Instant NOW = Instant.EPOCH;

  @Test
  void givenTokensHistoryAndIncidentsThenEachElementIsMarkedWithItsOwn() {
    InstanceView instance =
        new InstanceView(
            "i",
            "order",
            1,
            "O-1",
            "running",
            NOW,
            null,
            Map.of(),
            List.of(token("charge"), token("charge"), token("ship")),
            List.of(),
            List.of(
                step("check", "completed"), step("charge", "active"), step("skip", "cancelled")),
            List.of(incident("charge", "no network"), incident("charge", "no money")),
            null,
            List.of());

    assertThat(Marks.of(instance))
        .containsOnly(
            Map.entry("check", mark(0, true)),
            Map.entry("charge", mark(2, false, "no network", "no money")),
            Map.entry("ship", mark(1, false)));
  }

  private static Map<String, Object> mark(int tokens, boolean passed, String... incidents) {
    return Map.of("tokens", tokens, "passed", passed, "incidents", List.of(incidents));
  }

  private static InstanceView.TokenView token(String activity) {
    return new InstanceView.TokenView(activity, NOW);
  }

  private static InstanceView.HistoryView step(String activity, String state) {
    return new InstanceView.HistoryView(
        activity, "serviceTask", state, NOW, null, 1, null, List.of());
  }

  private static IncidentView incident(String activity, String message) {
    return new IncidentView(message, "i", "order", activity, activity, message, null, 3, NOW);
  }
}
