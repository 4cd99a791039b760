package org.millrace.messaging;

import jakarta.annotation.Resource;
import jakarta.inject.Singleton;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What transactions of this server have sent and not yet wholly committed. The broker's branch
 * commits before the database's; who has its message waits here for the rest, without asking the
 * database. Messages of other servers, and those from before a crash, are unknown here: for these
 * the database is asked.
 */
@Singleton
public class Sending {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Sender> byWork = new ConcurrentHashMap<>();
  private final Set<Sender> committing = ConcurrentHashMap.newKeySet();

  @Resource private @Nullable TransactionSynchronizationRegistry transaction;

  /** Notes that the transaction under way sends this work. */
  void sent(String workId) {
    Sender sender = sender();
    if (sender != null) {
      sender.work.add(workId);
      byWork.put(workId, sender);
    }
  }

  /** Notes that the transaction under way sends something; null where there is none. */
  @Nullable Sender sender() {
    if (transaction == null || transaction.getTransactionKey() == null) {
      return null;
    }
    Sender sender = (Sender) transaction.getResource(this);
    if (sender == null) {
      sender = new Sender();
      transaction.putResource(this, sender);
      transaction.registerInterposedSynchronization(sender);
    }
    return sender;
  }

  /** Waits until who sent this work has committed; not at all where that is unknown here. */
  void await(String workId) {
    Sender sender = byWork.get(workId);
    if (sender != null) {
      sender.await(PATIENCE.toNanos());
    }
  }

  /**
   * Waits until all those have committed whose messages somebody may have got by now.
   *
   * @return whether there were any
   */
  boolean awaitAll() {
    List<Sender> all = List.copyOf(committing);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    all.forEach(sender -> sender.await(deadline - System.nanoTime()));
    return !all.isEmpty();
  }

  /** A transaction that sends. */
  final class Sender implements Synchronization {

    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final List<String> work = new ArrayList<>();

    private void await(long nanos) {
      try {
        done.get(nanos, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        // The database will say how it stands.
      }
    }

    @Override
    public void beforeCompletion() {
      committing.add(this);
    }

    @Override
    public void afterCompletion(int status) {
      committing.remove(this);
      work.forEach(byWork::remove);
      done.complete(null);
    }
  }
}
