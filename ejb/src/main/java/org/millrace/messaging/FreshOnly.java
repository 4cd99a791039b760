package org.millrace.messaging;

import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;

/**
 * Keeps redelivered messages out of groups: what has failed once goes alone, so that a bad message
 * costs its neighbours one rollback at most. No JMS selector knows whether a message is
 * redelivered; so consumers that take for a group are marked by theirs, and the broker asks here.
 */
final class FreshOnly implements ActiveMQServerPlugin {

  /** True of every message, and the mark of a consumer that takes for a group. */
  static final String SELECTOR = "millraceTakenAlone IS NULL";

  @Override
  public boolean canAccept(ServerConsumer consumer, MessageReference reference) {
    if (reference.getDeliveryCount() == 0) {
      return true;
    }
    SimpleString filter = consumer.getFilterString();
    return filter == null || !filter.toString().contains(SELECTOR);
  }
}
