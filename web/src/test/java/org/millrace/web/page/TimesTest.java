package org.millrace.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

  private static final Instant TIME = Instant.parse("2026-01-31T22:05:09.123456Z");

  private final Times times = new Times(ZoneId.of("Asia/Shanghai"));

  @Test
  void writesTheTimeInTheServersZone() {
    assertThat(times.text(TIME)).isEqualTo("2026-02-01 06:05:09");
  }

  @Test
  void writesTheExactTimeInUtc() {
    assertThat(times.iso(TIME)).isEqualTo("2026-01-31T22:05:09.123456Z");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 ms",
    "PT0.9999S, 999 ms",
    "PT1.25S, 1.3 s",
    "PT59.9S, 59.9 s",
    "PT1M3S, 1:03 min",
    "PT59M59S, 59:59 min",
    "PT49H7M, 49:07 h"
  })
  void writesHowLongItTook(Duration took, String text) {
    assertThat(times.between(TIME, TIME.plus(took))).isEqualTo(text);
  }

  @Test
  void writesNothingWhileItLasts() {
    assertThat(times.between(TIME, null)).isEmpty();
  }
}
