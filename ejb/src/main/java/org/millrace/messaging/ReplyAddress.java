package org.millrace.messaging;

import jakarta.jms.Destination;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.jspecify.annotations.Nullable;

/**
 * A reply's destination as text, as the broker itself writes it into a message: JMS has no way to
 * find a client's temporary queue again by its name.
 */
final class ReplyAddress {

  private ReplyAddress() {}

  /** Writes one; null where there is none, or a topic. */
  static @Nullable String write(@Nullable Destination destination) {
    if (!(destination instanceof ActiveMQDestination to) || !to.isQueue()) {
      return null;
    }
    return (to.isTemporary()
            ? ActiveMQDestination.TEMP_QUEUE_QUALIFED_PREFIX
            : ActiveMQDestination.QUEUE_QUALIFIED_PREFIX)
        + to.getAddress();
  }

  static Destination read(String address) {
    return ActiveMQDestination.fromPrefixedName(address);
  }
}
