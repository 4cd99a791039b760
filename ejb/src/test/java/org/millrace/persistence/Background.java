package org.millrace.persistence;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A transaction in a thread of its own, which stays open after its work until it is told to end.
 */
final class Background<T> {

  private final CountDownLatch end = new CountDownLatch(1);
  private final CompletableFuture<T> work = new CompletableFuture<>();
  private final CompletableFuture<Void> all;
  private volatile boolean rollback;

  private static final class RolledBack extends RuntimeException {}

  Background(TestDatabase database, Supplier<T> action) {
    all = CompletableFuture.runAsync(() -> run(database, action), task -> new Thread(task).start());
  }

  private void run(TestDatabase database, Supplier<T> action) {
    try {
      database.inTransaction(
          () -> {
            work.complete(action.get());
            awaitEnd();
            if (rollback) {
              throw new RolledBack();
            }
          });
    } catch (RolledBack e) {
      // As told.
    } catch (RuntimeException e) {
      work.completeExceptionally(e);
      throw e;
    }
  }

  private void awaitEnd() {
    try {
      if (!end.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody ended the transaction");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What its work has given; waits for it, while the transaction stays open. */
  T result() {
    return work.orTimeout(20, TimeUnit.SECONDS).join();
  }

  boolean working() {
    return !work.isDone();
  }

  void commit() {
    end.countDown();
    all.orTimeout(20, TimeUnit.SECONDS).join();
  }

  void rollBack() {
    rollback = true;
    commit();
  }
}
