package org.millrace.execution;

import java.util.List;
import org.millrace.api.operation.MessageView;

/** The queues that keep refused and dead messages. */
public interface Mailbox {

  /**
   * Looks into one, oldest first.
   *
   * @param queue {@code rejected} or {@code dead}
   * @param from how many to pass over
   */
  List<MessageView> list(String queue, int from, int atMost);

  /** How many it has. */
  long count(String queue);

  /** The ids of its oldest messages that say where they came from. */
  List<String> replayable(String queue, int atMost);

  /** Sends a message to where it came from and takes it from here; false if it is not there. */
  boolean replay(String id);
}
