package org.millrace.messaging;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQIllegalStateException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Refuses at the door what the broker could not hand to a bean. It keeps AMQP messages as they came
 * and translates them when they are delivered; where that fails (a text that is no UTF-8, a value
 * of a type that JMS has not), it takes the consumer for broken and removes it: the bean would
 * stand still until the next start, with the message still first in its queue.
 */
final class ReadableSends implements ActiveMQServerPlugin {

  private static final SimpleString OURS = SimpleString.of("jms.queue.millrace.");

  @Override
  public void beforeSend(
      ServerSession session,
      @Nullable Transaction transaction,
      Message message,
      boolean direct,
      boolean noAutoCreateQueue)
      throws ActiveMQException {
    SimpleString address = message.getAddressSimpleString();
    if (address == null || !address.startsWith(OURS)) {
      return;
    }
    try {
      message.toCore().getPropertyNames(); // A core message is itself.
    } catch (RuntimeException e) {
      throw new ActiveMQIllegalStateException(
          "a message to %s is refused, because it is not readable: %s"
              .formatted(address, e.getMessage()));
    }
  }
}
