package org.millrace.messaging;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;

/**
 * The messages that the broker holds for later. It knows the time of day at which each is due,
 * waits as long as it was until then, and looks at the clock again.
 *
 * <p>So where the clock is set forward, a timer that is due waits on; and where it is set back, so
 * does everything else: a pause of 50 ms between two deliveries would become an hour.
 */
final class Delays {

  private static final String ENGINE = Jms.ADDRESS + "millrace.";
  private static final SimpleString TIMERS = SimpleString.of(Jms.ADDRESS + Jms.TIMER);

  /** What became due so lately by the old clock may be under way to its consumer. */
  private static final long JUST_NOW = 3_000;

  private static final long NEVER = Long.MIN_VALUE;

  private final ActiveMQServer broker;
  private final ScheduledExecutorService executor;

  Delays(ActiveMQServer broker, ScheduledExecutorService executor) {
    this.broker = broker;
    this.executor = executor;
  }

  /**
   * Has the timers delivered that are due by the clock as it is now. When any of the messages that
   * it holds for later is due, the broker delivers all that are: so one is sent that is, about a
   * bucket of long ago, in which there is nothing.
   */
  void lookAtTimers() throws Exception {
    CoreMessage note = new CoreMessage(broker.getStorageManager().generateID(), 64);
    note.setAddress(TIMERS);
    note.setType(Message.TEXT_TYPE);
    note.setDurable(true);
    note.putLongProperty(TimerEndpoint.BUCKET, 0);
    note.setTimestamp(System.currentTimeMillis());
    note.setScheduledDeliveryTime(System.currentTimeMillis() + 1);
    broker.getPostOffice().route(note, true);
  }

  /**
   * Has pauses last as long as they would have, had the clock not been set.
   *
   * @param back by how many milliseconds it went back; less than none if it went forward
   */
  void keep(long back) {
    long old = System.currentTimeMillis() + back;
    deliver(
        message -> {
          long left = message.getScheduledDeliveryTime() - old;
          return left < -JUST_NOW ? NEVER : left;
        });
  }

  /**
   * Ends the pauses of messages that were given back in an earlier run of the server, and has those
   * begin anew that began at a time that has not come yet, because the clock was set back since.
   */
  void endThoseOfBefore() {
    long now = System.currentTimeMillis();
    deliver(
        message -> {
          if (message.getDeliveryCount() > 0 || !DelayedSends.isOneOf(message)) {
            return 0;
          }
          long sent = message.getMessage().getTimestamp();
          return sent > now ? message.getScheduledDeliveryTime() - sent : NEVER;
        });
  }

  /** Has messages delivered after so many milliseconds each. */
  private void deliver(ToLongFunction<MessageReference> delay) {
    queues()
        .forEach(
            queue -> {
              for (MessageReference message : pauses(queue)) {
                long millis = delay.applyAsLong(message);
                if (millis != NEVER) {
                  long id = message.getMessageID();
                  Future<?> unused = // It tells by itself if it cannot.
                      executor.schedule(
                          () -> deliver(queue, id), Math.max(0, millis), TimeUnit.MILLISECONDS);
                }
              }
            });
  }

  private Stream<Queue> queues() {
    return broker
        .getPostOffice()
        .getAllBindings()
        .filter(binding -> binding.getUniqueName().toString().startsWith(ENGINE))
        .map(binding -> broker.locateQueue(binding.getUniqueName()))
        .filter(queue -> queue != null && queue.getScheduledCount() > 0);
  }

  /** Timers are no pauses: they are due when the clock says so, and not before. */
  private static List<MessageReference> pauses(Queue queue) {
    return queue.getScheduledMessages().stream()
        .filter(
            message ->
                !queue.getName().equals(TIMERS)
                    || message.getDeliveryCount() > 0
                    || !isTimer(message.getMessage()))
        .toList();
  }

  private static boolean isTimer(Message message) {
    return message.containsProperty(TimerEndpoint.WAIT)
        || message.containsProperty(TimerEndpoint.BUCKET)
        || message.containsProperty(TimerEndpoint.DUE);
  }

  private static void deliver(Queue queue, long id) {
    try {
      queue.deliverScheduledMessage(id); // Unless it was delivered meanwhile.
    } catch (ActiveMQException e) {
      System.getLogger(Delays.class.getName())
          .log(System.Logger.Level.WARNING, "a message could not be delivered after its pause", e);
    }
  }
}
