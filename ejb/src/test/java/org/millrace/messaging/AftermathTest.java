package org.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.millrace.execution.Node;
import org.millrace.execution.TransactionId;

class AftermathTest {

  private static final String NOW = "0:ffff7f000001:1:65a0:7";
  private static final TransactionId OF_NOW =
      new TransactionId("0:ffff7f000001:1:65a0:6", Node.NAME);
  private static final TransactionId OF_ANOTHER =
      new TransactionId("0:ffff7f000001:9:4444:6", "another");
  private static final TransactionId LEFT = new TransactionId("0:ffff7f000001:9:4444:6", Node.NAME);

  private final List<TransactionId> prepared = new CopyOnWriteArrayList<>();
  private final Aftermath aftermath = new Aftermath(() -> prepared, () -> NOW);

  @Test
  void givenABranchThatACrashHasLeft_thenWhoAsksWaitsUntilItIsSettled() throws Exception {
    prepared.addAll(List.of(OF_NOW, LEFT));
    CompletableFuture<Boolean> asked = CompletableFuture.supplyAsync(aftermath::await);
    await().during(Duration.ofMillis(300)).until(() -> !asked.isDone());

    prepared.remove(LEFT);

    assertThat(asked.get(10, TimeUnit.SECONDS)).isTrue();
    prepared.add(LEFT);
    assertThat(CompletableFuture.supplyAsync(aftermath::await))
        .as("once it has been seen to be over; who looked before is to look again")
        .succeedsWithin(Duration.ofSeconds(10))
        .isEqualTo(true);
  }

  @Test
  void givenWhatIsUnderWayHereOrElsewhere_thenNobodyWaits() {
    prepared.addAll(List.of(OF_NOW, OF_ANOTHER));

    assertThat(aftermath.isOver()).isTrue();
  }
}
