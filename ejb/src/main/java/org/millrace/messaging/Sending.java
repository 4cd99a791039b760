package org.millrace.messaging;

import jakarta.annotation.Resource;
import jakarta.inject.Singleton;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The work that transactions of this server have sent and not yet wholly committed. The broker's
 * branch commits before the database's; who has its message waits here for the rest, without asking
 * the database. Messages of other servers, and those from before a crash, are unknown here: for
 * these the database is asked.
 */
@Singleton
public class Sending {

  private static final long PATIENCE_SECONDS = 5;

  private final Map<String, CompletableFuture<Void>> senders = new ConcurrentHashMap<>();

  @Resource private @Nullable TransactionSynchronizationRegistry transaction;

  /** Notes that the transaction under way sends this work. */
  void sent(String workId) {
    if (transaction == null) {
      return; // Outside of a server.
    }
    Sender sender = (Sender) transaction.getResource(this);
    if (sender == null) {
      sender = new Sender();
      transaction.putResource(this, sender);
      transaction.registerInterposedSynchronization(sender);
    }
    sender.work.add(workId);
    senders.put(workId, sender.done);
  }

  /** Waits until who sent this work has committed; not at all where that is unknown here. */
  void await(String workId) {
    CompletableFuture<Void> done = senders.get(workId);
    if (done != null) {
      try {
        done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        // The database will say how it stands.
      }
    }
  }

  private final class Sender implements Synchronization {

    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final List<String> work = new ArrayList<>();

    @Override
    public void beforeCompletion() {
      // It begins only now.
    }

    @Override
    public void afterCompletion(int status) {
      work.forEach(senders::remove);
      done.complete(null);
    }
  }
}
