package org.millrace.api.operation;

import java.util.List;

/** Refused and dead messages. Role for all: operator. */
public interface Messages {

  /**
   * Looks into a queue, oldest first.
   *
   * @param queue {@code rejected} or {@code dead}
   * @param from how many to pass over, from 0
   * @param size how many at most, 1 to {@link Page#MAX_SIZE}
   * @throws Refusal INVALID for any other queue
   */
  List<MessageView> list(String queue, int from, int size);

  /**
   * Sends it to the queue that it came from, as its sender wrote it, and takes it from here, in one
   * transaction.
   *
   * @throws Refusal NOT_FOUND, or CONFLICT if it does not say where it came from
   */
  void replay(String id);
}
