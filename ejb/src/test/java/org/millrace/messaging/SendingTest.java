package org.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.transaction.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SendingTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Sending sending = new Sending(nanos::get);
  private final Sending.Sender sender = sending.new Sender();

  @Test
  void givenWorkThatWasSent_whenItsSenderCommits_thenTheFirstWhoAsksIsToldThatItIsAwaited() {
    sending.sent("i:1", 1, sender);
    sender.afterCompletion(Status.STATUS_COMMITTED);

    assertThat(sending.isAwaited("i:1", 1)).isTrue();
    assertThat(sending.isAwaited("i:1", 1)).as("a second message").isFalse();
    assertThat(sending.isAwaited("i:2", 1)).as("other work").isFalse();
  }

  @Test
  void givenASenderThatHasNotCommitted_thenWhoAsksWaitsForIt() {
    sending.sent("i:1", 1, sender);
    CompletableFuture<Boolean> asked =
        CompletableFuture.supplyAsync(() -> sending.isAwaited("i:1", 1));
    await().during(Duration.ofMillis(50)).until(() -> !asked.isDone());

    sender.afterCompletion(Status.STATUS_COMMITTED);

    assertThat(asked.join()).isTrue();
  }

  @Test
  void givenASenderThatRollsBack_thenTheDatabaseIsToBeAsked() {
    sending.sent("i:1", 1, sender);
    sender.afterCompletion(Status.STATUS_ROLLEDBACK);

    assertThat(sending.isAwaited("i:1", 1)).isFalse();
  }

  @Test
  void givenAnotherAttempt_thenTheDatabaseIsToBeAsked() {
    sending.sent("i:1", 2, sender);
    sender.afterCompletion(Status.STATUS_COMMITTED);

    assertThat(sending.isAwaited("i:1", 1)).isFalse();
  }

  @Test
  void givenWorkThatIsWithdrawn_thenTheDatabaseIsToBeAsked() {
    sending.sent("i:1", 1, sender);
    sending.withdrawn("i:1");
    sender.afterCompletion(Status.STATUS_COMMITTED);

    assertThat(sending.isAwaited("i:1", 1)).isFalse();
  }

  @Test
  void givenWorkThatHasLainForTenSeconds_thenTheDatabaseIsToBeAsked() {
    sending.sent("i:1", 1, sender);
    sender.afterCompletion(Status.STATUS_COMMITTED);
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());

    assertThat(sending.isAwaited("i:1", 1)).isFalse();
  }

  @Test
  void givenOldWorkThatNobodyTook_whenOthersCommit_thenItIsForgotten() {
    sending.sent("i:1", 1, sender);
    sender.afterCompletion(Status.STATUS_COMMITTED);
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());

    sending.new Sender().afterCompletion(Status.STATUS_COMMITTED);
    nanos.set(0);

    assertThat(sending.isAwaited("i:1", 1)).as("as if no time had passed").isFalse();
  }
}
