package org.millrace.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StageMeterTest {

  private Duration now = Duration.ofHours(1);
  private final StageMeter meter = new StageMeter("pay", () -> now.toNanos());

  private void failed(int times) {
    for (int i = 0; i < times; i++) {
      meter.failed();
    }
  }

  private void completed(int times) {
    for (int i = 0; i < times; i++) {
      meter.completed();
    }
  }

  @Test
  void givenFewFailures_thenTheStageIsNotRetryingMuch() {
    failed(4);

    assertThat(meter.isRetrying()).isFalse();
    assertThat(meter.failedCount()).isEqualTo(4);
  }

  @Test
  void givenOneInTenFails_thenTheStageIsRetryingMuch() {
    completed(45);
    failed(5);

    assertThat(meter.isRetrying()).isTrue();
  }

  @Test
  void givenLessThanOneInTenFails_thenTheStageIsNotRetryingMuch() {
    completed(46);
    failed(5);

    assertThat(meter.isRetrying()).isFalse();
  }

  @Test
  void givenAMinuteHasPassed_thenWhatFailedBeforeDoesNotCount() {
    failed(9);
    now = now.plusSeconds(59);
    assertThat(meter.isRetrying()).isTrue();

    now = now.plusSeconds(1);

    assertThat(meter.isRetrying()).isFalse();
    assertThat(meter.failedCount()).isEqualTo(9);
  }

  @Test
  void givenSomeWasDone_thenTheRateIsOverAMinute() {
    completed(30);
    now = now.plusSeconds(30);
    completed(30);

    assertThat(meter.perSecond()).isEqualTo(1);

    now = now.plusSeconds(30);
    assertThat(meter.perSecond()).isEqualTo(0.5);
  }
}
