package org.millrace.messaging;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
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

  private static final long PAUSE_MILLIS = 200;

  private final Supplier<List<TransactionId>> prepared;
  private final Supplier<String> current;
  private volatile boolean isOver;

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

  /**
   * Waits for its end; not at all once that has been seen.
   *
   * @return whether there may have been anything to wait for
   */
  boolean await() {
    if (isOver) {
      return false;
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (isAnythingLeft() && System.nanoTime() < deadline) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the server is stopping", e);
      }
    }
    isOver = true;
    return true;
  }

  private boolean isAnythingLeft() {
    String run = current.get();
    return prepared.get().stream()
        .anyMatch(id -> id.node().equals(Node.NAME) && !TransactionId.ofSameRun(id.text(), run));
  }
}
