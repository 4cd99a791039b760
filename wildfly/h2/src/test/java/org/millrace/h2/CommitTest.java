package org.millrace.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The very moments at which H2 as it comes tears a transaction. */
class CommitTest {

  @TempDir Path folder;

  @Test
  void givenOneThreadIsStoring_whenAnotherOneCommitsMeanwhile_thenItsTransactionIsWholeInTheFile()
      throws Exception {
    Path file = folder.resolve("store.mv.db");
    Path killed = folder.resolve("killed.mv.db");
    try (MVStore store = open(file)) {
      // Only stored when told to.
      store.setAutoCommitDelay(Integer.MAX_VALUE);
      TransactionStore transactions = new TransactionStore(store);
      transactions.init();
      Transaction first = transactions.begin();
      first.openMap("early");
      MVMap<Integer, String> between = store.openMap("between");
      first.openMap("late");
      // The undo log of this second one is a map after all of these.
      Transaction transaction = transactions.begin();
      transaction.openMap("early").put(1, "new");
      transaction.openMap("late").put(1, "new");

      Hold<Integer, String> hold = new Hold<>(between, 1);
      CompletableFuture<Void> holding = CompletableFuture.runAsync(hold);
      hold.held.await();
      MVMap<?, ?> early = store.openMap("early");
      CompletableFuture<Void> storing = CompletableFuture.runAsync(store::commit);
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> early.getRoot().version == store.getCurrentVersion());

      transaction.commit();
      hold.release.countDown();
      holding.get();
      storing.get();
      // A kill leaves the file as it is now.
      Files.copy(file, killed);
    }

    assertThat(committed(killed)).containsExactly("new", "new");
  }

  @Test
  void givenAPreparedTransactionIsNotOffTheListYet_whenAnotherOneBegins_thenItHasANumberOfItsOwn()
      throws Exception {
    try (MVStore store = open(folder.resolve("store.mv.db"))) {
      TransactionStore transactions = new TransactionStore(store);
      transactions.init();
      Transaction prepared = transactions.begin();
      prepared.openMap("data").put(1, "new");
      prepared.setName("prepared");
      prepared.prepare();
      MVMap<Integer, Object> list =
          store.openMap("openTransactions", new MVMap.Builder<Integer, Object>());

      Hold<Integer, Object> hold = new Hold<>(list, prepared.getId());
      CompletableFuture<Void> holding = CompletableFuture.runAsync(hold);
      hold.held.await();
      Thread committing = new Thread(prepared::commit);
      committing.start();
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> isIn(committing, "tryLock"));
      int next = transactions.begin().getId();
      hold.release.countDown();
      holding.get();
      committing.join();

      // Else a kill now makes its changes those of the prepared one.
      assertThat(next).isNotEqualTo(prepared.getId());
    }
  }

  private static boolean isIn(Thread thread, String method) {
    return Stream.of(thread.getStackTrace()).anyMatch(call -> call.getMethodName().equals(method));
  }

  private static MVStore open(Path file) {
    return new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
  }

  /** What the two maps hold after the recovery. */
  private static List<Object> committed(Path file) {
    try (MVStore store = open(file)) {
      TransactionStore transactions = new TransactionStore(store);
      transactions.init();
      transactions.endLeftoverTransactions();
      Transaction reading = transactions.begin();
      List<Object> values = new ArrayList<>();
      values.add(reading.openMap("early").get(1));
      values.add(reading.openMap("late").get(1));
      return values;
    }
  }

  /** Holds the lock of a map, as a writer does, until it is released. */
  private static final class Hold<K, V> extends MVMap.DecisionMaker<V> implements Runnable {

    final CountDownLatch held = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    private final MVMap<K, V> map;
    private final K key;

    Hold(MVMap<K, V> map, K key) {
      this.map = map;
      this.key = key;
    }

    @Override
    public void run() {
      map.operate(key, null, this);
    }

    @Override
    public MVMap.Decision decide(V existing, V provided) {
      if (!map.getRoot().isLockedByCurrentThread()) {
        return MVMap.Decision.REPEAT; // It locks after a few attempts.
      }
      held.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return MVMap.Decision.ABORT;
    }
  }
}
