package org.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.transaction.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
  void givenATransactionThatSendsAReply_thenItsQueueIsLeftAloneUntilItHasEnded() {
    AtomicInteger removed = new AtomicInteger();
    Sending.Sender other = sending.new Sender();
    sending.replying("reply", sender);
    sending.replying("reply", sender);
    sending.replying("reply", other);
    sending.unlessReplying("reply", removed::incrementAndGet);
    sender.afterCompletion(Status.STATUS_COMMITTED);
    sending.unlessReplying("reply", removed::incrementAndGet);
    assertThat(removed).hasValue(0);

    other.afterCompletion(Status.STATUS_ROLLEDBACK);
    sending.unlessReplying("reply", removed::incrementAndGet);

    assertThat(removed).hasValue(1);
  }

  @Test
  void givenAReplyQueueThatIsBeingRemoved_thenWhoRepliesWaitsForThat() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch going = new CountDownLatch(1);
    CompletableFuture<Void> removing =
        CompletableFuture.runAsync(
            () ->
                sending.unlessReplying(
                    "reply",
                    () -> {
                      begun.countDown();
                      awaitOpen(going);
                    }));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    CompletableFuture<Void> replying =
        CompletableFuture.runAsync(() -> sending.replying("reply", sender));

    await().during(Duration.ofMillis(50)).until(() -> !replying.isDone());
    going.countDown();
    CompletableFuture.allOf(removing, replying).get(10, TimeUnit.SECONDS);
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
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
