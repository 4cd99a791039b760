package org.millrace.execution;

import java.util.List;

/** Who waits for the end of an instance. */
public interface ReplyStore {

  /**
   * Where a reply goes.
   *
   * @param address the queue, as the messaging adapter writes it
   * @param correlationId the reply's JMSCorrelationID
   */
  record ReplyTo(String address, String correlationId) {}

  /** Adds one; the caller holds the instance's lock, or has just inserted it. */
  void add(String instanceId, ReplyTo replyTo);

  /** Reads and removes all of an instance, oldest first. */
  List<ReplyTo> take(String instanceId);
}
