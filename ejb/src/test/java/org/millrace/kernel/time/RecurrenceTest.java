package org.millrace.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.time.Recurrence.Schedule;

class RecurrenceTest {

  /** A Thursday. */
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static List<String> times(String text, int most) {
    Recurrence recurrence = Recurrence.of(text);
    List<String> times = new ArrayList<>();
    Schedule one = recurrence.first(NOW);
    while (one != null && times.size() < most) {
      times.add(one.due().toString());
      one = one.repeats() == 0 ? null : recurrence.after(one, one.due());
    }
    return times;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "R2/PT10M | 2026-01-01T00:10:00Z 2026-01-01T00:20:00Z",
        "R0/PT10M | 2026-01-01T00:10:00Z",
        "R/P1M | 2026-02-01T00:00:00Z 2026-03-01T00:00:00Z 2026-04-01T00:00:00Z",
        "R2/2026-06-01T12:00:00Z/P1D | 2026-06-01T12:00:00Z 2026-06-02T12:00:00Z",
        "R5/2025-12-30T12:00:00Z/P1D | 2026-01-01T12:00:00Z 2026-01-02T12:00:00Z 2026-01-03T12:00:00Z",
        "R/2026-01-01T00:00:00Z/PT1H | 2026-01-01T00:00:00Z 2026-01-01T01:00:00Z 2026-01-01T02:00:00Z",
        "R/PT10M/2026-01-01T00:25:00Z | 2026-01-01T00:10:00Z 2026-01-01T00:20:00Z",
        "R2/2026-01-03/2026-01-10 | 2026-01-03T00:00:00Z 2026-01-10T00:00:00Z",
        "0 0 9 * * ? | 2026-01-01T09:00:00Z 2026-01-02T09:00:00Z 2026-01-03T09:00:00Z",
        "0 0/20 8-9 * * * | 2026-01-01T08:00:00Z 2026-01-01T08:20:00Z 2026-01-01T08:40:00Z",
        "0 0 0 ? * MON-FRI | 2026-01-01T00:00:00Z 2026-01-02T00:00:00Z 2026-01-05T00:00:00Z",
        "0 0 0 ? * 2 | 2026-01-05T00:00:00Z 2026-01-12T00:00:00Z 2026-01-19T00:00:00Z",
        "0 0 0 * * 1 | 2026-01-05T00:00:00Z 2026-01-12T00:00:00Z 2026-01-19T00:00:00Z",
        "0 0 0 * * 0,7 | 2026-01-04T00:00:00Z 2026-01-11T00:00:00Z 2026-01-18T00:00:00Z",
        "0 0 0 L * ? | 2026-01-31T00:00:00Z 2026-02-28T00:00:00Z 2026-03-31T00:00:00Z",
        "0 0 0 L-3 * ? | 2026-01-28T00:00:00Z 2026-02-25T00:00:00Z 2026-03-28T00:00:00Z",
        "0 0 0 LW * ? | 2026-01-30T00:00:00Z 2026-02-27T00:00:00Z 2026-03-31T00:00:00Z",
        "0 0 0 1W * ? | 2026-01-01T00:00:00Z 2026-02-02T00:00:00Z 2026-03-02T00:00:00Z",
        "0 0 0 ? * FRI#2 | 2026-01-09T00:00:00Z 2026-02-13T00:00:00Z 2026-03-13T00:00:00Z",
        "0 0 0 ? * 6L | 2026-01-30T00:00:00Z 2026-02-27T00:00:00Z 2026-03-27T00:00:00Z",
        "0 0 0 29 FEB * | 2028-02-29T00:00:00Z 2032-02-29T00:00:00Z 2036-02-29T00:00:00Z",
        "30 15 22-1 * * * | 2026-01-01T00:15:30Z 2026-01-01T01:15:30Z 2026-01-01T22:15:30Z",
        "0 0 12 1 1 ? 2027-2028 | 2027-01-01T12:00:00Z 2028-01-01T12:00:00Z",
        "@daily | 2026-01-01T00:00:00Z 2026-01-02T00:00:00Z 2026-01-03T00:00:00Z",
      })
  void theTimesOfACycle(String text, String expected) {
    assertThat(times(text, 3)).containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "daily",
        "R",
        "R3",
        "R3/",
        "R3/2030-01-01",
        "R/PT0S",
        "R/-PT1H",
        "R/2030-01-02/2030-01-01",
        "R99999999999/PT1H",
        "R3/PT1H/soon",
        "0 0 9 * *",
        "60 0 0 * * *",
        "0 0 24 * * *",
        "0 0 0 0 * *",
        "0 0 0 * 13 *",
        "0 0 0 * * 8",
        "0 0 0 32W * ?",
        "0 0/0 * * * *",
        "0 5/ * * * *",
        "0 1-2-3 * * * *",
        "0 0 0 ? * FRI#6",
        "@sometimes",
        "0 0 9 * * * * *"
      })
  void whatIsNoCycle(String text) {
    assertThatThrownBy(() -> Recurrence.of(text))
        .isInstanceOfAny(
            java.time.DateTimeException.class,
            ArithmeticException.class,
            NumberFormatException.class);
  }

  @Test
  void aCycleThatIsPastHasNoFirstTime() {
    assertThat(Recurrence.of("R3/2020-01-01T00:00:00Z/PT1H").first(NOW)).isNull();
    assertThat(Recurrence.of("0 0 0 1 1 ? 2020").first(NOW)).isNull();
    assertThat(Recurrence.of("0 0 0 30 2 ?").first(NOW)).isNull();
  }

  @Test
  void timesBetweenAreLeftOutHoweverMany() {
    Schedule one = new Schedule(NOW, Recurrence.FOREVER);
    Instant muchLater = Instant.parse("2036-01-01T00:00:00.0005Z");
    assertThat(Recurrence.of("R/PT0.001S").after(one, muchLater).due())
        .isEqualTo(Instant.parse("2036-01-01T00:00:00.001Z"));
    assertThat(Recurrence.of("0 * * * * *").after(one, muchLater).due())
        .isEqualTo(Instant.parse("2036-01-01T00:01:00Z"));
    assertThat(Recurrence.of("R/P1D").after(one, muchLater).due())
        .isEqualTo(Instant.parse("2036-01-02T00:00:00Z"));
    assertThat(Recurrence.of("R10/PT1H").after(new Schedule(NOW, 9), NOW.plusSeconds(3 * 3600)))
        .isEqualTo(new Schedule(NOW.plusSeconds(4 * 3600), 5));
    assertThat(Recurrence.of("R10/PT1H").after(new Schedule(NOW, 9), muchLater)).isNull();
  }
}
