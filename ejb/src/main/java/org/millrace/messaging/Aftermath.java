package org.millrace.messaging;

import static java.util.Objects.requireNonNull;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Branches;
import org.millrace.execution.Node;
import org.millrace.execution.TransactionId;
import org.millrace.execution.TransactionLog;

/**
 * What a crash has left in doubt. The recovery settles it within half a minute; until then the
 * database does not show all that somebody may have been told before the crash: a wait that an
 * event is for, for example.
 */
@Singleton
public class Aftermath {

  /** Longer than two passes of the recovery. What is in doubt still needs a person. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final String WAITING =
      "a crash has left transactions in doubt: what names something that is not to be seen waits"
          + " until they are settled, a minute at most";

  private static final System.Logger LOG = System.getLogger(Aftermath.class.getName());

  private final Supplier<List<TransactionId>> prepared;
  private final Supplier<String> current;

  /** As {@link System#nanoTime} says; null as long as it is not over. */
  private volatile @Nullable Long overSince;

  private volatile @Nullable Long firstLook;

  @Inject
  public Aftermath(@Any Instance<Branches> resources, TransactionLog log) {
    this(
        () -> resources.stream().flatMap(each -> each.transactions().stream()).toList(),
        log::current);
  }

  /**
   * What it needs to know.
   *
   * @param prepared what the resources have prepared
   * @param current the transaction under way: what this run of the server begins looks like it
   */
  Aftermath(Supplier<List<TransactionId>> prepared, Supplier<String> current) {
    this.prepared = prepared;
    this.current = current;
  }

  /** Whether all is settled, or has been given its time. */
  boolean isOver() {
    if (overSince == null && (isSettled() || isLongAgo(firstLook()))) {
      overSince = System.nanoTime();
    }
    return overSince != null;
  }

  /** The first one that the database answered. */
  private long firstLook() {
    Long first = firstLook;
    if (first == null) {
      first = System.nanoTime();
      firstLook = first;
    }
    return first;
  }

  /**
   * Waits for its end; not at all where it is over.
   *
   * @return whether it may not have been over a moment ago: who has looked something up before
   *     looks again
   */
  boolean await() {
    if (!isOver()) {
      LOG.log(System.Logger.Level.INFO, WAITING);
      while (!isOver()) {
        Pause.of(PAUSE);
      }
    }
    return !isLongAgo(requireNonNull(overSince));
  }

  private static boolean isLongAgo(long time) {
    return System.nanoTime() - time > PATIENCE.toNanos();
  }

  private boolean isSettled() {
    if (isAnythingLeft()) {
      return false;
    }
    // H2 takes a branch off its list a moment before what was done in it is to be seen.
    Pause.of(PAUSE);
    return true;
  }

  private boolean isAnythingLeft() {
    String run = current.get();
    return prepared.get().stream()
        .anyMatch(id -> id.node().equals(Node.NAME) && !TransactionId.ofSameRun(id.text(), run));
  }
}
