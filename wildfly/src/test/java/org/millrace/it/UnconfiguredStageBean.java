package org.millrace.it;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Listens to a queue that no configuration names. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(propertyName = "useJNDI", propertyValue = "false"),
      @ActivationConfigProperty(
          propertyName = "destination",
          propertyValue = UnconfiguredStageBean.QUEUE)
    })
public class UnconfiguredStageBean implements MessageListener {

  static final String QUEUE = "millrace.stage.unconfigured-platform-test";

  private static final BlockingQueue<String> BODIES = new LinkedBlockingQueue<>();

  static BlockingQueue<String> bodies() {
    return BODIES;
  }

  @Override
  public void onMessage(Message message) {
    try {
      BODIES.add(message.getBody(String.class));
    } catch (JMSException e) {
      throw new EJBException(e);
    }
  }
}
