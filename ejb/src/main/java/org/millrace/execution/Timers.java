package org.millrace.execution;

import static java.util.Objects.requireNonNull;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.WaitStore.WaitRef;

/**
 * Sees to it that timers are looked at in time. A near one is a delayed message of the broker's;
 * far ones wait as rows, in buckets of time of which only the bucket is a delayed message, because
 * the broker keeps delayed messages in memory. Nothing polls.
 */
@Singleton
public class Timers {

  static final Duration BUCKET = Duration.ofMinutes(5);

  /** Of a bucket in one transaction: the broker keeps all that a transaction sends in memory. */
  private static final int AT_ONCE = 1_000;

  private final WaitStore waits;
  private final StartTimerStore starts;
  private final Dispatcher dispatcher;
  private final Clock clock;

  @Inject
  public Timers(WaitStore waits, StartTimerStore starts, Dispatcher dispatcher, Clock clock) {
    this.waits = waits;
    this.starts = starts;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  void schedule(String instanceId, int waitId, Instant due) {
    if (isNear(due)) {
      dispatcher.timer(instanceId, waitId, due);
    }
  }

  void schedule(StartTimerStore.StartTimer start) {
    if (isNear(start.due())) {
      dispatcher.start(start);
    }
  }

  /** Whether it is to be handed to the broker now; else its bucket will be. */
  private boolean isNear(Instant due) {
    long bucket = bucketOf(due);
    // A bucket is emptied while the one before it passes. What is put into it must be committed by
    // then: so between the two there is one more, longer than any transaction may take.
    if (bucket <= bucketOf(clock.instant()) + 2) {
      return true;
    }
    if (waits.openBucket(bucket)) {
      dispatcher.bucket(bucket, start(bucket).minus(BUCKET));
    }
    return false;
  }

  /**
   * Hands a bucket's timers to the broker: it has come near. After a crash some may be in a
   * transaction that the recovery has still to settle; that is waited for.
   */
  public void wake(long bucket) {
    dispatcher.settleAll();
    waits.closeBucket(bucket);
    starts.due(start(bucket), start(bucket + 1)).forEach(dispatcher::start);
    handOver(bucket, null);
  }

  /**
   * Hands the next ones of a bucket's timers to the broker, and leaves itself a note to go on.
   *
   * @param after the one that was handed over last; null to begin
   */
  public void handOver(long bucket, @Nullable WaitRef after) {
    List<WaitRef> some = waits.timers(start(bucket), start(bucket + 1), after, AT_ONCE);
    for (WaitRef timer : some) {
      dispatcher.timer(timer.instanceId(), timer.waitId(), requireNonNull(timer.due()));
    }
    if (some.size() == AT_ONCE) {
      dispatcher.restOfBucket(bucket, some.get(AT_ONCE - 1));
    }
  }

  private static long bucketOf(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), BUCKET.toSeconds());
  }

  private static Instant start(long bucket) {
    return Instant.ofEpochSecond(bucket * BUCKET.toSeconds());
  }
}
