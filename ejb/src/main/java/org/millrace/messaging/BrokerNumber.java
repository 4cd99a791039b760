package org.millrace.messaging;

import jakarta.jms.Message;
import java.lang.reflect.Field;
import java.util.Optional;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;

/**
 * The broker's own number of a message: each has a higher one than those before. JMS does not know
 * of it, and what is taken by one of the server's pooled connections comes in a wrapping that does
 * not hand out what is in it.
 */
final class BrokerNumber {

  private static final String WRAPPING = "org.apache.activemq.artemis.ra.ActiveMQRAMessage";

  /** Looked for once for each kind of message. */
  private static final ClassValue<Optional<Field>> WRAPPED =
      new ClassValue<>() {
        @Override
        protected Optional<Field> computeValue(Class<?> type) {
          return wrapped(type);
        }
      };

  private BrokerNumber() {}

  /** The number of a message, or of what it wraps; the highest there is for one that has none. */
  static long of(Message message) {
    Message known =
        WRAPPED.get(message.getClass()).map(field -> in(field, message)).orElse(message);
    return known instanceof ActiveMQMessage its
        ? its.getCoreMessage().getMessageID()
        : Long.MAX_VALUE;
  }

  private static Optional<Field> wrapped(Class<?> type) {
    for (Class<?> one = type; one != null; one = one.getSuperclass()) {
      if (one.getName().equals(WRAPPING)) {
        try {
          Field field = one.getDeclaredField("message");
          field.setAccessible(true);
          return Optional.of(field);
        } catch (NoSuchFieldException e) {
          throw new IllegalStateException("this broker's client wraps messages otherwise", e);
        }
      }
    }
    return Optional.empty();
  }

  private static Message in(Field field, Message wrapping) {
    try {
      return (Message) field.get(wrapping);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e); // It was made accessible.
    }
  }
}
