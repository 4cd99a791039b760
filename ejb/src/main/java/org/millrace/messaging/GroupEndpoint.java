package org.millrace.messaging;

import jakarta.annotation.Resource;
import jakarta.ejb.MessageDrivenContext;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Engine;

/**
 * The base of the beans that serve many requests in one transaction, where many wait. Each is
 * refused by itself; any other failure rolls back all, and each comes again alone.
 */
abstract class GroupEndpoint extends RequestEndpoint {

  @Resource private MessageDrivenContext context;
  @Inject private Jms jms;
  @Inject private Backlog backlog;
  @Inject private Crashes crashes;
  @Inject private Engine engine;

  /** Which requests may go in a group: a JMS selector. */
  abstract String together();

  /** Whether this request is to go alone. */
  boolean alone(Inbound message) throws JMSException {
    return false;
  }

  /** The instance that a request concerns; null where there is none yet, or it names none. */
  @Nullable String instance(Inbound message) throws JMSException {
    return null;
  }

  /**
   * Has a message come again soon, that names what may only not be there yet.
   *
   * @param patience so often it is given time
   * @param reason what it is refused with after that
   */
  void comeAgain(Inbound message, int patience, String reason) throws JMSException {
    if (message.message().getIntProperty("JMSXDeliveryCount") > patience) {
      throw new BadMessage(reason);
    }
    context.setRollbackOnly();
  }

  /** Locks the instances that requests concern, all at once: within {@link Engine#together}. */
  void lock(List<Inbound> messages) throws JMSException {
    List<String> ids = new ArrayList<>();
    for (Inbound message : messages) {
      try {
        String id = instance(message);
        if (id != null) {
          ids.add(id);
        }
      } catch (BadMessage e) {
        // It will be refused.
      }
    }
    engine.lockAll(ids);
  }

  @Override
  void serveAll(Message message) {
    jms.together(() -> serve(group(message)));
  }

  private List<Message> group(Message first) {
    try {
      return backlog
          .behind(first, queue(), together(), alone(new Inbound(first)) || crashes.isSuspect(first))
          .allWith(first);
    } catch (JMSException e) {
      throw unreadable(e);
    }
  }

  private void serve(List<Message> messages) {
    if (messages.size() == 1) {
      serve(messages.get(0));
      return;
    }
    sitOutAftermath(messages);
    crashes.beginTogether(messages);
    engine.together(
        () -> {
          lockAll(messages);
          for (Message message : messages) {
            if (!context.getRollbackOnly()) {
              serveBegun(message);
            }
          }
        });
  }

  private void lockAll(List<Message> messages) {
    try {
      lock(messages.stream().map(Inbound::new).toList());
    } catch (JMSException e) {
      throw unreadable(e);
    }
  }
}
