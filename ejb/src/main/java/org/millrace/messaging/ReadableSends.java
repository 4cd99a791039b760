package org.millrace.messaging;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQIllegalStateException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;

/**
 * Refuses at the door what the broker could not hand to a bean. It keeps AMQP messages as they came
 * and translates them when they are delivered; where that fails (a text that is no UTF-8, a value
 * of a type that JMS has not), it takes the consumer for broken and removes it: the bean would
 * stand still until the next start, with the message still first in its queue.
 */
final class ReadableSends extends Door {

  @Override
  void pass(Message message, SimpleString address) throws ActiveMQException {
    try {
      message.toCore().getPropertyNames(); // A core message is itself.
    } catch (RuntimeException e) {
      throw new ActiveMQIllegalStateException(
          "a message to %s is refused, because it is not readable: %s"
              .formatted(address, e.getMessage()));
    }
  }
}
