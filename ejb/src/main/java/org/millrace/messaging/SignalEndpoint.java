package org.millrace.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import org.millrace.api.operation.Refusal;

/** Takes BPMN signals, and refuses them as long as no element that waits for one is executed. */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.signal"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1")
    })
public class SignalEndpoint extends RequestEndpoint {

  @Override
  void serve(Inbound message) throws JMSException {
    throw new Refusal(
        Refusal.Kind.INVALID,
        "signal \"%s\" cannot be delivered: this release does not execute signals yet"
            .formatted(message.required("signal")));
  }

  @Override
  String queue() {
    return "millrace.signal";
  }
}
