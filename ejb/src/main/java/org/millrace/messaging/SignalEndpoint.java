package org.millrace.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import org.millrace.execution.Signals;

/** Takes BPMN signals, from outside and from the instances that throw them. */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.signal"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1")
    })
public class SignalEndpoint extends RequestEndpoint {

  static final String SIGNAL = "signal";
  static final String THROWN_BY = "thrownBy";

  @Inject private Signals signals;

  @Override
  void serve(Inbound message) throws JMSException {
    signals.send(message.required(SIGNAL), message.variables(), message.text(THROWN_BY));
  }

  /** Who does not wait yet is not asked. */
  @Override
  boolean isEarly(Inbound message) {
    return true;
  }

  @Override
  String queue() {
    return Jms.SIGNAL;
  }
}
