package org.millrace.messaging;

import jakarta.jms.Destination;
import java.util.regex.Pattern;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.jspecify.annotations.Nullable;

/**
 * A reply's destination as text, as the broker itself writes it into a message: JMS has no way to
 * find a client's temporary queue again by its name.
 */
final class ReplyAddress {

  /** Where the engine itself takes messages: whoever may not send there must not have it do so. */
  private static final Pattern ENGINES_OWN =
      Pattern.compile("(jms\\.queue\\.)?millrace\\.(?!reply\\.).*");

  private ReplyAddress() {}

  /**
   * Writes one; null where there is none, or a topic.
   *
   * @throws BadMessage if it is a queue of the engine's own, or no name of a queue
   */
  static @Nullable String write(@Nullable Destination destination) {
    if (!(destination instanceof ActiveMQDestination to) || !to.isQueue()) {
      return null;
    }
    Inbound.requireText("the reply address", to.getAddress());
    if (ENGINES_OWN.matcher(to.getAddress()).matches()) {
      throw new BadMessage(
          "the reply address %s is neither millrace.reply.* nor a temporary queue"
              .formatted(to.getAddress()));
    }
    return (to.isTemporary()
            ? ActiveMQDestination.TEMP_QUEUE_QUALIFED_PREFIX
            : ActiveMQDestination.QUEUE_QUALIFIED_PREFIX)
        + to.getAddress();
  }

  /** A destination whose name has no more characters than this; null for a longer one. */
  static @Nullable Destination within(int most, @Nullable Destination destination) {
    return destination instanceof ActiveMQDestination to && to.getAddress().length() > most
        ? null
        : destination;
  }

  static ActiveMQDestination read(String address) {
    return ActiveMQDestination.fromPrefixedName(address);
  }
}
