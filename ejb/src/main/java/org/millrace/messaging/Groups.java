package org.millrace.messaging;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How many messages one transaction may take. Asked for each time, so it can be changed while the
 * server runs.
 *
 * <p>A group that is rolled back halves the next ones of its queue, and each that is committed
 * makes them larger by one: where messages fail, or stand in each other's way, they soon go alone.
 *
 * <p>{@code millrace.group} is for all queues (1: each message alone), {@code millrace.group.start}
 * or {@code millrace.group.stage.charge-payment} for one. {@code millrace.group.millis} is the time
 * of authors' work after which a transaction takes no more messages.
 */
@Singleton
public class Groups {

  private static final String SIZE = "millrace.group";
  private static final int DEFAULT_SIZE = 64;

  /** Where something has failed: how many it may be for now. */
  private final Map<String, Integer> limits = new ConcurrentHashMap<>();

  /**
   * After so much work no more are taken: what follows is worked off by other sessions meanwhile.
   */
  private static final String TIME = "millrace.group.millis";

  private static final int DEFAULT_TIME = 50;

  /**
   * The most messages of a queue in one transaction, at least 1.
   *
   * @param queue as {@code millrace.start}
   */
  int size(String queue) {
    int forAll = Integer.getInteger(SIZE, DEFAULT_SIZE);
    int most = Integer.getInteger(SIZE + queue.substring("millrace".length()), forAll);
    return Math.max(1, Math.min(most, limits.getOrDefault(queue, most)));
  }

  /** A transaction on so many messages of a queue has ended. */
  void ended(String queue, int messages, boolean committed) {
    if (committed) {
      limits.computeIfPresent(queue, (name, limit) -> limit < DEFAULT_SIZE ? limit + 1 : null);
    } else if (messages > 1) {
      limits.put(queue, messages / 2);
    }
  }

  long nanos() {
    return TimeUnit.MILLISECONDS.toNanos(Integer.getInteger(TIME, DEFAULT_TIME));
  }
}
