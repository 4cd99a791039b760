package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.kernel.graph.ProcessGraph;

class HistoryTimeToLiveTest {

  private static ProcessGraph read(String attributes) {
    return Documents.read(
        Documents.document(
            "<process id='p' isExecutable='true' %s><startEvent id='s'/></process>"
                .formatted(attributes)));
  }

  @ParameterizedTest
  @CsvSource({
    "millrace:historyTimeToLive='P30D', PT720H",
    "millrace:historyTimeToLive='PT90M', PT1H30M",
    "millrace:historyTimeToLive='P1DT1H', PT25H",
    "millrace:historyTimeToLive='P2W', PT336H",
    "millrace:historyTimeToLive='P1Y2M3D', PT10272H",
    "millrace:historyTimeToLive='P0D', PT0S",
    "camunda:historyTimeToLive='5', PT120H",
    "operaton:historyTimeToLive='P180D', PT4320H",
    "flowable:historyTimeToLive='1', PT24H",
    "camunda:historyTimeToLive='5' millrace:historyTimeToLive='P1D', PT24H",
  })
  void givenATime_thenItIsRead(String attributes, Duration expected) {
    assertThat(read(attributes).historyTimeToLive()).isEqualTo(expected);
  }

  @Test
  void givenNone_thenThereIsNone() {
    assertThat(read("").historyTimeToLive()).isNull();
    assertThat(read("camunda:historyTimeToLive=' '").historyTimeToLive()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "soon",
        "-1",
        "P-1D",
        "PT-1H",
        "-P1D",
        "1.5",
        "P",
        "PT",
        "P1DT",
        "${days}",
        "99999999999"
      })
  void givenWhatIsNoTime_thenTheProcessIsRefused(String text) {
    assertThatThrownBy(() -> read("millrace:historyTimeToLive='%s'".formatted(text)))
        .isInstanceOfSatisfying(
            DeploymentRefused.class,
            refused ->
                assertThat(refused.problems().get(0).message()).contains("historyTimeToLive"));
  }
}
