package org.millrace.api.operation;

import java.util.List;

/** Refused and dead messages. Role for all: operator. */
public interface Messages {

  /** Where they lie. */
  List<String> QUEUES = List.of("rejected", "dead");

  /**
   * Looks into a queue, oldest first.
   *
   * @param queue {@code rejected} or {@code dead}
   * @param from how many to pass over, from 0
   * @param size how many at most, 1 to {@link Page#MAX_SIZE}
   * @throws Refusal INVALID for any other queue
   */
  Page<MessageView> find(String queue, int from, int size);

  /**
   * Sends it to the queue that it came from, as its sender wrote it, and takes it from here, in one
   * transaction.
   *
   * @throws Refusal NOT_FOUND, or CONFLICT if it does not say where it came from
   */
  void replay(String id);

  /**
   * Replays the oldest of a queue, {@link Page#MAX_SIZE} at most, each in a transaction of its own;
   * a caller's transaction is suspended. One that does not say where it came from stays.
   *
   * @param queue {@code rejected} or {@code dead}
   * @return how many
   * @throws Refusal INVALID for any other queue
   */
  int replayAll(String queue);
}
