package org.millrace.messaging;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Ids;
import org.millrace.execution.Instance;
import org.millrace.kernel.state.Wait;

/**
 * What transactions of this server send and have sent a moment ago. The broker's branch commits
 * before the database's; who has its message waits here for the rest, and then knows that its work
 * is awaited, without asking the database, and mostly how its instance stands. Messages of other
 * servers, older ones, and those that come a second time are unknown here: for these the database
 * is asked.
 */
@Singleton
public class Sending {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * So long work is taken to be awaited still. What this server withdraws is forgotten at once;
   * what another one withdraws within this time may be begun, and is rolled back at the instance's
   * lock. Long enough for work that stands in line: that is when a look at the database costs most.
   */
  private static final Duration FRESH = Duration.ofSeconds(10);

  /** Longer than anybody takes from a look at the database to the question who is committing. */
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  /**
   * Work that was sent.
   *
   * @param left see {@link Known}
   */
  private record Sent(
      String workId, int attempt, @Nullable SoftReference<Instance> left, Sender by) {

    /** To be asked once: the instance is let go of, though the work is kept until it is old. */
    Known known() {
      Instance instance = left == null ? null : left.get();
      forget();
      return new Known(instance);
    }

    void forget() {
      if (left != null) {
        left.clear();
      }
    }
  }

  /**
   * What this server knows of work that is awaited.
   *
   * @param left the instance as the work's sender left it, if it waited for nothing else, so that
   *     mostly nobody has carried it on since; null if it did, or where the memory was needed
   */
  record Known(@Nullable Instance left) {}

  private final Map<String, Sent> sent = new ConcurrentHashMap<>();
  private final Set<Sender> committing = ConcurrentHashMap.newKeySet();

  /** What was committed, oldest first, until it is no longer fresh. */
  private final Queue<Sent> committed = new ConcurrentLinkedQueue<>();

  /** How many of those under way send to an address of replies. */
  private final Map<String, Integer> replying = new ConcurrentHashMap<>();

  private volatile @Nullable Long lastEnded;

  private final LongSupplier nanos;
  @Resource private @Nullable TransactionSynchronizationRegistry transaction;

  @Inject
  public Sending() {
    this(System::nanoTime);
  }

  Sending(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Notes that the transaction under way sends this work of the instance, as it leaves it. */
  void sent(Instance left, Wait wait) {
    Sender sender = sender();
    if (sender != null) {
      sent(left, wait, sender);
    }
  }

  void sent(Instance left, Wait wait, Sender by) {
    boolean alone = left.state().waits().size() == 1;
    String workId = Ids.of(left.id(), wait.id());
    Sent work = new Sent(workId, wait.attempt(), alone ? new SoftReference<>(left) : null, by);
    by.work.add(work);
    sent.put(workId, work);
  }

  /** Tells the transaction under way from all others; null where there is none. */
  @Nullable Object transaction() {
    return transaction == null ? null : transaction.getTransactionKey();
  }

  /** Notes that the transaction under way sends something; null where there is none. */
  @Nullable Sender sender() {
    if (transaction == null || transaction() == null) {
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

  /** Notes that the transaction under way is about to send a reply to this address. */
  void replying(String address) {
    Sender sender = sender();
    if (sender != null) {
      replying(address, sender);
    }
  }

  void replying(String address, Sender by) {
    if (by.repliesTo.add(address)) {
      replying.merge(address, 1, Integer::sum);
    }
  }

  /**
   * Does something unless a transaction under way sends to this address; who is about to begin that
   * waits for its end.
   */
  void unlessReplying(String address, Runnable action) {
    replying.computeIfAbsent(
        address,
        none -> {
          action.run();
          return null;
        });
  }

  /** Forgets work that is no longer awaited. */
  void withdrawn(String workId) {
    Sent work = sent.remove(workId);
    if (work != null) {
      work.forget();
    }
  }

  /**
   * Waits until who sent this work has committed; not at all where that is unknown here.
   *
   * @return null unless it was sent a moment ago and is awaited, as far as this server knows. Only
   *     the first one who asks is told so.
   */
  @Nullable Known awaited(String workId, int attempt) {
    Sent work = sent.get(workId);
    if (work == null) {
      return null;
    }
    work.by().await(PATIENCE.toNanos());
    return work.by().hasCommitted()
            && sent.remove(workId, work)
            && work.attempt() == attempt
            && work.by().isFresh()
        ? work.known()
        : null;
  }

  /**
   * Waits until all those have committed whose messages somebody may have got by now.
   *
   * @return whether there were any, or have been a moment ago: who has looked something up before
   *     may have missed what they did
   */
  boolean awaitAll() {
    List<Sender> all = List.copyOf(committing);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    all.forEach(sender -> sender.await(deadline - System.nanoTime()));
    Long ended = lastEnded;
    return !all.isEmpty() || (ended != null && nanos.getAsLong() - ended < A_MOMENT.toNanos());
  }

  /** Notes that the transaction under way deploys something. */
  void deploying() {
    Sender sender = sender();
    if (sender != null) {
      sender.deploys = true;
    }
  }

  /** Waits until the deployments have committed whose replies somebody may have got by now. */
  void awaitDeployments() {
    for (Sender sender : committing) {
      if (sender.deploys) {
        sender.await(PATIENCE.toNanos());
      }
    }
  }

  private void forgetOld() {
    Sent oldest = committed.peek();
    while (oldest != null && !oldest.by().isFresh()) {
      if (committed.remove(oldest)) {
        sent.remove(oldest.workId(), oldest);
      }
      oldest = committed.peek();
    }
  }

  /** A transaction that sends. */
  final class Sender implements Synchronization {

    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private final Queue<Sent> work = new ConcurrentLinkedQueue<>();
    private final Set<String> repliesTo = ConcurrentHashMap.newKeySet();
    private volatile long doneAt;
    volatile boolean deploys;

    private void await(long forNanos) {
      try {
        done.get(forNanos, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        // The database will say how it stands.
      }
    }

    private boolean hasCommitted() {
      return done.getNow(false);
    }

    private boolean isFresh() {
      return nanos.getAsLong() - doneAt < FRESH.toNanos();
    }

    @Override
    public void beforeCompletion() {
      committing.add(this);
    }

    @Override
    public void afterCompletion(int status) {
      doneAt = nanos.getAsLong();
      lastEnded = doneAt;
      if (status == Status.STATUS_COMMITTED) {
        committed.addAll(work);
      } else {
        work.forEach(some -> sent.remove(some.workId(), some));
      }
      committing.remove(this);
      repliesTo.forEach(
          address -> replying.computeIfPresent(address, (to, all) -> all == 1 ? null : all - 1));
      done.complete(status == Status.STATUS_COMMITTED);
      forgetOld();
    }
  }
}
