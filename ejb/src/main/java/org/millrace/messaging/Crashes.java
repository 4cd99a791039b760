package org.millrace.messaging;

import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.millrace.execution.BegunStore;

/**
 * Knows in the middle of what the server has ended. The broker does not: to write down each
 * delivery before it is made would cost a forced write per message. So only that is put on record
 * which can have been there before: messages older than this run of the server, and further
 * attempts. What a healthy server does costs nothing.
 */
@Singleton
public class Crashes {

  /** So often may the server end in the middle of a message that is no work. */
  static final int PATIENCE = 3;

  @EJB private Begun begun;
  @Inject private BegunStore store;

  /** Whether the server may have ended over this attempt before: then it is to be begun here. */
  boolean concern(WorkMessage work) {
    return work.attempt() > 1 || isOld(work.messageId());
  }

  /**
   * To be called before an attempt that concerns this, in its transaction. What waits for a failure
   * of the same attempt to be put on record waits here.
   *
   * @return whether the server has ended in the middle of this very attempt before: it has failed
   */
  boolean begin(WorkMessage work) {
    String id = id(work.id().toString(), String.valueOf(work.attempt()));
    int deaths = begun.begin(id);
    store.end(id); // With the attempt's own transaction: if that ends well, it is forgotten.
    return deaths > 0;
  }

  /** To be called when a failed attempt is put on record, in the same transaction. */
  void failed(String workId, int attempt) {
    store.end(id(workId, String.valueOf(attempt)));
  }

  /**
   * To be called before a message is served that is no work, in its transaction.
   *
   * @throws ServerEnded if the server has ended in the middle of it too often
   */
  void begin(Message message) {
    long number = number(message);
    if (isOld(number)) {
      String id = id(String.valueOf(number));
      int deaths = begun.begin(id);
      store.end(id); // As above.
      if (deaths >= PATIENCE) {
        throw new ServerEnded(deaths);
      }
    }
  }

  private static String id(String workId, String attempt) {
    return workId + " " + attempt;
  }

  private static String id(String number) {
    return "message " + number;
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

  /** Whether it is older than this run of the server, which may have ended over it before. */
  static boolean isOld(Message message) {
    return isOld(number(message));
  }

  private static boolean isOld(long number) {
    return number < BrokerPlugins.firstMessage();
  }

  /** The broker's own number of a message: each has a higher one than those before. */
  static long number(Message message) {
    return message instanceof ActiveMQMessage known
        ? known.getCoreMessage().getMessageID()
        : Long.MAX_VALUE;
  }
}
