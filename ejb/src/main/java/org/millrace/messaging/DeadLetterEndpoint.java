package org.millrace.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

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
        rejections.refuse(
            message, Jms.DEAD, "it could not be delivered, and no instance waits for it");
      }
    } catch (BadMessage e) {
      rejections.refuse(message, Jms.DEAD, String.valueOf(e.getMessage()));
    } catch (JMSException e) {
      throw new EJBException("a dead letter could not be read", e);
    }
  }
}
