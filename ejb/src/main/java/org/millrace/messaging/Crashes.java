package org.millrace.messaging;

import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.BegunStore;
import org.millrace.execution.Node;

/**
 * Knows in the middle of what the server has ended. The broker does not: to write down each
 * delivery before it is made would cost a forced write per message. So only that is put on record
 * which can have been there before: messages older than this run of the server, and further
 * attempts. What a healthy server does costs nothing.
 *
 * <p>Old messages go in groups like others, and a group is put on record as a whole. Only if the
 * server ends once more in the middle of it is each of them suspect: it goes alone from then on,
 * and what it does then is its own doing.
 */
@Singleton
public class Crashes {

  /** So often may the server end in the middle of a message that is no work. */
  static final int PATIENCE = 3;

  /** What earlier runs of the server have begun and not ended; null until somebody has asked. */
  private static volatile @Nullable Set<String> unended;

  @EJB private Begun begun;
  @Inject private BegunStore store;

  /** Whether the server may have ended over this attempt before: then it is to be begun here. */
  boolean concern(WorkMessage work) {
    return work.attempt() > 1 || isOld(work.messageId());
  }

  /** Whether an earlier run of the server has ended in the middle of it: then it goes alone. */
  boolean isSuspect(Message message) {
    if (!isOld(BrokerNumber.of(message)) || !(message instanceof ActiveMQMessage known)) {
      return false;
    }
    if (unended == null) {
      unended = begun.unended();
    }
    return isSuspect(known.getCoreMessage());
  }

  /** The same, asked by the broker. As long as nobody here has asked, all that is old is. */
  static boolean isSuspect(org.apache.activemq.artemis.api.core.Message message) {
    long number = message.getMessageID();
    if (!isOld(number)) {
      return false;
    }
    Set<String> known = unended;
    return known == null
        || (!known.isEmpty()
            && (known.contains(id(String.valueOf(number)))
                || known.contains(
                    id(
                        String.valueOf(message.getObjectProperty("workId")),
                        String.valueOf(message.getObjectProperty("attempt"))))));
  }

  /**
   * To be called before an attempt that concerns this, in its transaction, where it is alone. What
   * waits for a failure of the same attempt to be put on record waits here.
   *
   * @return whether the server has ended in the middle of this very attempt before: it has failed
   */
  boolean begin(WorkMessage work) {
    return begin(id(work)) > 0;
  }

  /** To be called before work of a group that concerns this, in its transaction. */
  void beginWork(List<WorkMessage> group) {
    begin(group.stream().map(Crashes::id).toList());
  }

  /** To be called where nobody waits for it any more, in the transaction that takes it. */
  void forget(WorkMessage work) {
    store.end(List.of(id(work)));
  }

  /** To be called when a failed attempt is put on record, in the same transaction. */
  void failed(String workId, int attempt) {
    store.end(List.of(id(workId, String.valueOf(attempt))));
  }

  /**
   * To be called before a message is served that is no work, in its transaction, where it is alone.
   *
   * @throws ServerEnded if the server has ended in the middle of it too often
   */
  void begin(Message message) {
    long number = BrokerNumber.of(message);
    if (isOld(number)) {
      int deaths = begin(id(String.valueOf(number)));
      if (deaths >= PATIENCE) {
        throw new ServerEnded(deaths);
      }
    }
  }

  /** To be called before a group of messages is served that are no work, in its transaction. */
  void beginTogether(List<Message> group) {
    begin(
        group.stream()
            .map(BrokerNumber::of)
            .filter(Crashes::isOld)
            .map(number -> id(String.valueOf(number)))
            .toList());
  }

  private int begin(String id) {
    int deaths = begun.begin(id);
    // With the message's own transaction: if that ends well, it is forgotten.
    store.end(List.of(id));
    return deaths;
  }

  private void begin(List<String> ids) {
    if (!ids.isEmpty()) {
      begun.beginTogether(ids);
      store.end(ids); // As above.
    }
  }

  private static String id(WorkMessage work) {
    return id(work.workId(), String.valueOf(work.attempt()));
  }

  private static String id(String workId, String attempt) {
    return workId + " " + attempt;
  }

  private static String id(String number) {
    return "message %s of %s".formatted(number, Node.NAME);
  }

  /** As what a message may have been begun before the broker gave it up. */
  static List<String> ids(Message letter) throws JMSException {
    List<String> ids = new ArrayList<>();
    String number = letter.getStringProperty("_AMQ_ORIG_MESSAGE_ID");
    if (number != null) {
      ids.add(id(number));
    }
    String workId = letter.getStringProperty("workId");
    String attempt = letter.getStringProperty("attempt");
    if (workId != null && attempt != null) {
      ids.add(id(workId, attempt));
    }
    return ids;
  }

  /** Whether it is older than this run of the server: an earlier one may have ended over it. */
  private static boolean isOld(long number) {
    return number < BrokerPlugins.firstMessage();
  }
}
