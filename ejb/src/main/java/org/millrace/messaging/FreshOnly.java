package org.millrace.messaging;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;

/**
 * Keeps out of groups what has failed once, and that in the middle of which the server has ended:
 * each goes alone, so that a bad message costs its neighbours one rollback, or one crash, at most.
 * No JMS selector knows of either; so consumers that take for a group are marked by theirs, and the
 * broker asks here.
 */
final class FreshOnly implements ActiveMQServerPlugin {

  /** True of every message, and the mark of a consumer that takes for a group. */
  static final String SELECTOR = "millraceTakenAlone IS NULL";

  /** Likewise, and the mark of one that takes nothing past what it may not have. */
  static final String IN_ORDER = "millraceTakenInOrder IS NULL";

  /** Those of the latter kind that stand before such a message, by their numbers. */
  private final Set<Long> stopped = ConcurrentHashMap.newKeySet();

  private final Predicate<Message> suspect;

  /**
   * Makes one.
   *
   * @param suspect whether the server has ended in the middle of a message
   */
  FreshOnly(Predicate<Message> suspect) {
    this.suspect = suspect;
  }

  @Override
  public boolean canAccept(ServerConsumer consumer, MessageReference reference) {
    boolean fresh = reference.getDeliveryCount() == 0 && !suspect.test(reference.getMessage());
    if (fresh && stopped.isEmpty()) {
      return true;
    }
    String filter = String.valueOf(consumer.getFilterString());
    if (!filter.contains(SELECTOR)) {
      return true;
    }
    if (!fresh && filter.contains(IN_ORDER)) {
      stopped.add(consumer.sequentialID());
    }
    return fresh && !stopped.contains(consumer.sequentialID());
  }

  @Override
  public void afterCloseConsumer(ServerConsumer consumer, boolean failed) {
    stopped.remove(consumer.sequentialID());
  }
}
