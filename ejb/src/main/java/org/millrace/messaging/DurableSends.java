package org.millrace.messaging;

import java.util.regex.Pattern;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQIOErrorException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.io.SequentialFile;
import org.apache.activemq.artemis.core.persistence.StorageManager.LargeMessageExtension;
import org.apache.activemq.artemis.core.server.LargeServerMessage;

/**
 * Makes every message to a queue of Millrace's durable, whatever its sender said. STOMP and AMQP
 * 1.0 clients must ask for that, and most libraries do not by themselves; but what the broker has
 * accepted is not lost, by nobody's default.
 */
final class DurableSends extends Door {

  @Override
  void pass(Message message, SimpleString address) throws ActiveMQException {
    if (message.isDurable()) {
      return;
    }
    message.setDurable(true);
    message.reencode(); // An AMQP message is stored as the bytes that it came in.
    if (message instanceof LargeServerMessage large) {
      keepFile(large);
    }
  }

  /** The broker deletes the temporary file of a large message when it starts; so it is none. */
  private static void keepFile(LargeServerMessage large) throws ActiveMQException {
    SequentialFile file = large.getAppendFile();
    String name = file.getFileName();
    String durable =
        name.replaceFirst(
            Pattern.quote(LargeMessageExtension.TEMPORARY.getExtension()) + "$",
            LargeMessageExtension.DURABLE.getExtension());
    try {
      file.renameTo(durable);
    } catch (Exception e) {
      throw new ActiveMQIOErrorException("the large message " + name + " cannot be kept", e);
    }
  }
}
