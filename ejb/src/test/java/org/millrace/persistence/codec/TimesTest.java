package org.millrace.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  @Property
  void whatATimeWritesIsReadAsTheSame(
      @ForAll @LongRange(min = -70_000_000_000L, max = 300_000_000_000L) long seconds,
      @ForAll @IntRange(max = 999_999_999) int nanos) {
    Instant time = Instant.ofEpochSecond(seconds, nanos);
    assertThat(Times.read(time.toString())).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-21T23:46:06Z",
        "2026-11-21T23:46:06.1Z",
        "2026-11-21T23:46:06.123456Z",
        "2026-11-21T23:46:06.123456789Z",
        "2024-02-29T00:00:00Z",
        "2026-11-21T24:00:00Z",
        "1969-12-31T23:59:59.999999999Z",
        "0000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "2026-11-21T23:46:06+01:00"
      })
  void whatIsATimeIsReadAsTheJdkReadsIt(String text) {
    assertThat(Times.read(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-11-21T23:46:06",
        "2026-13-21T23:46:06Z",
        "2026-02-29T23:46:06Z",
        "2026-11-21T25:46:06Z",
        "2026-11-21T23:61:06Z",
        "2026-11-21T23:46:06.1234567890Z",
        "2026-11-21 23:46:06Z",
        "٢٠٢٦-11-21T23:46:06Z"
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> Times.read(text)).isInstanceOf(DateTimeException.class);
  }
}
