package org.millrace.messaging;

import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.MessageReference;

/**
 * Notes on each message that is sent for later when that is. A message that the broker holds
 * because it was given back looks the same after the next start; but its sender meant it for now.
 */
final class DelayedSends extends Door {

  /** What begins like this is the broker's own, and is hidden from readers. */
  private static final SimpleString DUE = SimpleString.of("_AMQ_MILLRACE_DUE");

  @Override
  void pass(Message message, SimpleString address) {
    Long due = message.getScheduledDeliveryTime();
    if (due != null && due > 0) {
      message.setBrokerProperty(DUE, due);
    }
  }

  /** Whether a message that the broker holds for later comes when its sender said. */
  static boolean isOneOf(MessageReference held) {
    return Long.valueOf(held.getScheduledDeliveryTime())
        .equals(held.getMessage().getBrokerProperty(DUE));
  }
}
