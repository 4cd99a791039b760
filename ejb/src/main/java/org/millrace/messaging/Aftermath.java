package org.millrace.messaging;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.TransactionLog;

/**
 * What a crash, of this server or of the database, has left in doubt. The recovery settles it
 * within half a minute; until then the database does not show all that somebody may have been told
 * before the crash: a wait that an event is for, for example.
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

  private final Supplier<Set<String>> left;
  private final Predicate<Duration> wasDatabaseAway;
  private final LongSupplier nanos;

  /** When each was seen first. */
  private final Map<String, Long> firstSeen = new ConcurrentHashMap<>();

  private volatile @Nullable Long lastSeen;

  @Inject
  public Aftermath(TransactionLog log, Outage outage) {
    this(log::left, outage::wasWithin, System::nanoTime);
  }

  /**
   * What it needs to know.
   *
   * @param left see {@link TransactionLog#left}
   * @param wasDatabaseAway see {@link Outage#wasWithin}
   * @param nanos as {@link System#nanoTime}
   */
  Aftermath(Supplier<Set<String>> left, Predicate<Duration> wasDatabaseAway, LongSupplier nanos) {
    this.left = left;
    this.wasDatabaseAway = wasDatabaseAway;
    this.nanos = nanos;
  }

  /** Whether all is settled, or has been given its time. */
  boolean isOver() {
    Set<String> all = left.get();
    firstSeen.keySet().retainAll(all);
    if (all.isEmpty()) {
      return true;
    }
    long now = nanos.getAsLong();
    boolean isGivenUp = true;
    for (String id : all) {
      isGivenUp &= isLongAgo(firstSeen.computeIfAbsent(id, seen -> now));
    }
    if (isGivenUp && !wasDatabaseAway.test(PATIENCE)) {
      return true;
    }
    lastSeen = now;
    return false;
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
      long began = nanos.getAsLong();
      while (!isOver() && !isLongAgo(began)) {
        Pause.of(PAUSE);
      }
    }
    Long seen = lastSeen;
    return seen != null && !isLongAgo(seen);
  }

  private boolean isLongAgo(long time) {
    return nanos.getAsLong() - time > PATIENCE.toNanos();
  }
}
