package org.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AftermathTest {

  private static final String DECISION = "0:ffff7f000001:9:4444:6";

  private final Set<String> left = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean databaseWasAway = new AtomicBoolean();
  private final AtomicLong nanos = new AtomicLong();
  private final Aftermath aftermath =
      new Aftermath(() -> Set.copyOf(left), within -> databaseWasAway.get(), nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void givenADecisionThatACrashHasLeft_thenWhoAsksWaitsUntilItIsCarriedOut() throws Exception {
    left.add(DECISION);
    CompletableFuture<Boolean> asked = CompletableFuture.supplyAsync(aftermath::await);
    await().during(Duration.ofMillis(300)).until(() -> !asked.isDone());

    left.remove(DECISION);

    assertThat(asked.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(aftermath.await()).as("who looked a moment before is to look again").isTrue();
    pass(Duration.ofMinutes(2));
    assertThat(aftermath.await()).isFalse();
  }

  @Test
  void givenNothingIsLeft_thenNobodyWaits() {
    assertThat(aftermath.isOver()).isTrue();
    assertThat(aftermath.await()).isFalse();
  }

  @Test
  void givenADecisionThatNeedsAPerson_thenItIsWaitedForAMinuteOnce_andTheNextOneAlso() {
    left.add(DECISION);
    assertThat(aftermath.isOver()).isFalse();
    pass(Duration.ofSeconds(61));
    assertThat(aftermath.isOver()).isTrue();

    left.add("another");

    assertThat(aftermath.isOver()).isFalse();
  }

  @Test
  void givenADatabaseThatWasAwayForLong_thenWhatItHasLeftHasItsMinuteFromThenOn() {
    left.add(DECISION);
    assertThat(aftermath.isOver()).isFalse();

    pass(Duration.ofHours(1));
    databaseWasAway.set(true);

    assertThat(aftermath.isOver()).isFalse();
  }
}
