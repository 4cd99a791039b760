package org.millrace.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import org.millrace.api.operation.DeploymentRefused;

/**
 * Turns dead letters that an instance waits for into incidents. All others rest on their queue,
 * where an operator reads and replays them.
 */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.dead"),
      @ActivationConfigProperty(propertyName = "messageSelector", propertyValue = DeadLetters.LOST),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1")
    })
public class DeadLetterEndpoint implements MessageListener {

  @Inject private DeadLetters letters;
  @Inject private Rejections rejections;

  @Override
  public void onMessage(Message message) {
    try {
      if (!letters.raise(new Inbound(message))) {
        refuse(message, "it could not be delivered, and no instance waits for it");
      }
    } catch (BadMessage | DeploymentRefused e) {
      // Not what the engine writes; or this release cannot read the instance's process any more.
      refuse(message, String.valueOf(e.getMessage()));
    } catch (JMSException e) {
      throw unreadable(e);
    }
  }

  /** As from where it was sent to: there it goes when it is replayed. */
  private void refuse(Message message, String reason) {
    try {
      String from = JmsMailbox.from(Jms.DEAD, message);
      rejections.refuse(message, from == null ? Jms.DEAD : from, reason);
    } catch (JMSException e) {
      throw unreadable(e);
    }
  }

  private static EJBException unreadable(JMSException cause) {
    return new EJBException("a dead letter could not be read", cause);
  }
}
