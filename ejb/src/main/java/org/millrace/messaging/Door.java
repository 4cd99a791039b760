package org.millrace.messaging;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/** What each message to a queue of Millrace's has to pass before the broker accepts it. */
abstract class Door implements ActiveMQServerPlugin {

  private static final SimpleString OURS = SimpleString.of(Jms.ADDRESS + "millrace.");

  /**
   * Lets a message pass, or not.
   *
   * @param address the queue's
   * @throws ActiveMQException which its sender is told: then it is not accepted
   */
  abstract void pass(Message message, SimpleString address) throws ActiveMQException;

  @Override
  public final void beforeSend(
      ServerSession session,
      @Nullable Transaction transaction,
      Message message,
      boolean direct,
      boolean noAutoCreateQueue)
      throws ActiveMQException {
    SimpleString address = message.getAddressSimpleString();
    if (address != null && address.startsWith(OURS)) {
      pass(message, address);
    }
  }
}
