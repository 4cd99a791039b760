package org.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.millrace.kernel.state.Status.RUNNING;

import jakarta.transaction.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.millrace.execution.Ids;
import org.millrace.execution.Instance;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Wait;

class SendingTest {

  private static final String WORK = Ids.of("i", 1);

  private final AtomicLong nanos = new AtomicLong();
  private final Sending sending = new Sending(nanos::get);
  private final Sending.Sender sender = sending.new Sender();

  private static Wait work(int attempt) {
    return Wait.work(1, 0, "a", "a", 3).withAttempts(attempt, 3);
  }

  private static Instance left(Wait... waits) {
    InstanceState state =
        InstanceState.of(
            "i",
            new InstanceState.Parts(
                RUNNING,
                null,
                4,
                null,
                null,
                null,
                9,
                List.of(),
                List.of(),
                List.of(waits),
                List.of(),
                null));
    return new Instance("i", "p", 1, 7, false, null, state);
  }

  @Test
  void givenWorkThatWasSent_whenItsSenderCommits_thenTheFirstWhoAsksIsToldThatItIsAwaited() {
    sending.sent(left(work(1)), work(1), sender);
    sender.afterCompletion(Status.STATUS_COMMITTED);

    assertThat(sending.awaited(WORK, 1)).isNotNull();
    assertThat(sending.awaited(WORK, 1)).as("a second message").isNull();
    assertThat(sending.awaited(Ids.of("i", 2), 1)).as("other work").isNull();
  }

  @Test
  void givenAnInstanceThatWaitsForNothingElse_thenItIsRememberedAsItWasLeft() {
    Instance left = left(work(1));
    sending.sent(left, work(1), sender);
    sender.afterCompletion(Status.STATUS_COMMITTED);

    assertThat(sending.awaited(WORK, 1)).isEqualTo(new Sending.Known(left));
  }

  @Test
  void givenAnInstanceThatOthersMayCarryOn_thenItIsNotRemembered() {
    sending.sent(left(work(1), Wait.message(2, 0, "b", "b", null)), work(1), sender);
    sender.afterCompletion(Status.STATUS_COMMITTED);

    assertThat(sending.awaited(WORK, 1)).isEqualTo(new Sending.Known(null));
  }

  @Test
  void givenASenderThatHasNotCommitted_thenWhoAsksWaitsForIt() {
    sending.sent(left(work(1)), work(1), sender);
    CompletableFuture<Sending.Known> asked =
        CompletableFuture.supplyAsync(() -> sending.awaited(WORK, 1));
    await().during(Duration.ofMillis(50)).until(() -> !asked.isDone());

    sender.afterCompletion(Status.STATUS_COMMITTED);

    assertThat(asked.join()).isNotNull();
  }

  @Test
  void givenASenderThatCommitsBetweenALookAndTheQuestion_thenWhoLookedIsToLookAgain() {
    assertThat(sending.awaitAll()).as("nobody has sent anything").isFalse();
    sender.beforeCompletion();

    sender.afterCompletion(Status.STATUS_COMMITTED);

    assertThat(sending.awaitAll()).isTrue();
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(sending.awaitAll()).as("long ago").isFalse();
  }

  @Test
  void givenADeploymentThatIsBeingCommitted_thenWhoComesAfterItWaits() throws Exception {
    Sending.Sender other = sending.new Sender();
    other.beforeCompletion();
    sending.awaitDeployments();
    sender.deploys = true;
    sender.beforeCompletion();
    CompletableFuture<Void> coming = CompletableFuture.runAsync(sending::awaitDeployments);
    await().during(Duration.ofMillis(50)).until(() -> !coming.isDone());

    sender.afterCompletion(Status.STATUS_COMMITTED);

    coming.get(10, TimeUnit.SECONDS);
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
    sending.sent(left(work(1)), work(1), sender);
    sender.afterCompletion(Status.STATUS_ROLLEDBACK);

    assertThat(sending.awaited(WORK, 1)).isNull();
  }

  @Test
  void givenAnotherAttempt_thenTheDatabaseIsToBeAsked() {
    sending.sent(left(work(2)), work(2), sender);
    sender.afterCompletion(Status.STATUS_COMMITTED);

    assertThat(sending.awaited(WORK, 1)).isNull();
  }

  @Test
  void givenWorkThatIsWithdrawn_thenTheDatabaseIsToBeAsked() {
    sending.sent(left(work(1)), work(1), sender);
    sending.withdrawn(WORK);
    sender.afterCompletion(Status.STATUS_COMMITTED);

    assertThat(sending.awaited(WORK, 1)).isNull();
  }

  @Test
  void givenWorkThatHasLainForTenSeconds_thenTheDatabaseIsToBeAsked() {
    sending.sent(left(work(1)), work(1), sender);
    sender.afterCompletion(Status.STATUS_COMMITTED);
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());

    assertThat(sending.awaited(WORK, 1)).isNull();
  }

  @Test
  void givenOldWorkThatNobodyTook_whenOthersCommit_thenItIsForgotten() {
    sending.sent(left(work(1)), work(1), sender);
    sender.afterCompletion(Status.STATUS_COMMITTED);
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());

    sending.new Sender().afterCompletion(Status.STATUS_COMMITTED);
    nanos.set(0);

    assertThat(sending.awaited(WORK, 1)).as("as if no time had passed").isNull();
  }
}
