package org.millrace.messaging;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what waits behind a message into the same transaction. One commit then does for all:
 * docs/adr/0010.
 */
@Singleton
public class Backlog {

  private final Jms jms;
  private final Groups groups;
  private final BrokerQueues queues;

  @Resource private TransactionSynchronizationRegistry transaction;

  @Inject
  public Backlog(Jms jms, Groups groups, BrokerQueues queues) {
    this.jms = jms;
    this.groups = groups;
    this.queues = queues;
  }

  /**
   * What waits behind a message.
   *
   * @param queue the queue that it came from
   * @param selector which of the others may go with it
   * @param alone whether it is to go alone; a redelivered one does in any case
   */
  Behind behind(Message first, String queue, String selector, boolean alone) throws JMSException {
    Behind behind = new Behind(queue, selector, !alone && !first.getJMSRedelivered());
    transaction.registerInterposedSynchronization(behind);
    return behind;
  }

  /** The messages behind one. Used by one thread, within {@link Jms#together}. */
  final class Behind implements AfterCompletion {

    /**
     * With so many more at a time, at most, as there were before: it has to be seen how long they
     * take.
     */
    private static final int GROWTH = 4;

    /** So much of bodies at a time: many large ones would fill the heap. */
    private static final long MOST_HELD = 4L * 1024 * 1024;

    private final String queue;
    private final String selector;
    private long worked;
    private int taken = 1;
    private long held;
    private boolean more;

    /** Closed with the session, which is that of all that is done together. */
    private @Nullable JMSConsumer consumer;

    private Behind(String queue, String selector, boolean more) {
      this.queue = queue;
      this.selector = selector;
      this.more = more;
    }

    /**
     * The next messages: as many as authors' work can be expected to be done for in the time that
     * is left. None where nothing waits.
     */
    List<Message> next() {
      int room = more ? room() : 0;
      more = room > 0 && queues.waiting(queue) > 0;
      if (!more) {
        return List.of();
      }
      List<Message> messages = new ArrayList<>();
      jms.run(context -> take(context, room, messages));
      taken += messages.size();
      return messages;
    }

    private void take(JMSContext context, int room, List<Message> messages) throws JMSException {
      if (consumer == null) {
        consumer =
            context.createConsumer(
                jms.queue(context, queue), selector + " AND " + FreshOnly.SELECTOR);
      }
      while (more && messages.size() < room) {
        Message message = consumer.receiveNoWait();
        if (message == null) {
          more = false;
        } else {
          held += hold(message);
          messages.add(message);
          more = held < MOST_HELD;
        }
      }
    }

    /**
     * Has a large body in memory: the broker's client drops what was not read of one when the next
     * message is received. Of the other kinds it is read by then. Returns its size, as far as it is
     * of a kind that is served.
     */
    private static long hold(Message message) throws JMSException {
      if (message instanceof BytesMessage bytes) {
        bytes.reset();
        return bytes.getBodyLength();
      }
      if (message instanceof StreamMessage stream) {
        stream.reset();
      }
      return message instanceof TextMessage text && text.getText() != null
          ? text.getText().length()
          : 0;
    }

    /**
     * So long did an author's work on one of them take. Nothing else counts: what the engine does
     * is the less the larger the group is, and waiting for those who are just committing is no
     * reason for small groups; on a busy machine both take far longer than most work.
     */
    void worked(long nanos) {
      worked += nanos;
    }

    private int room() {
      long left = groups.nanos() - worked;
      long expected = left <= 0 ? 0 : left / Math.max(1, worked / taken);
      int size = Math.min(groups.size(queue) - taken, GROWTH * taken);
      return (int) Math.min(size, expected);
    }

    @Override
    public void afterCompletion(int status) {
      groups.ended(queue, taken, status == Status.STATUS_COMMITTED);
    }

    /** Whether the first one is all there is: then nothing is taken any more, whatever comes. */
    boolean isAlone() {
      more = more && (taken > 1 || (room() > 0 && queues.waiting(queue) > 0));
      return !more && taken == 1;
    }

    /** All messages, where taking them in costs nothing yet; the first one too. */
    List<Message> allWith(Message first) {
      List<Message> all = new ArrayList<>(List.of(first));
      List<Message> next = next();
      while (!next.isEmpty()) {
        all.addAll(next);
        next = next();
      }
      return all;
    }
  }
}
