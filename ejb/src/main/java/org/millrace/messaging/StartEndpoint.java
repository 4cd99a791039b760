package org.millrace.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import org.millrace.api.operation.StartRequest;
import org.millrace.execution.Graphs;
import org.millrace.execution.Starts;

/** Takes wishes to start an instance. */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.start"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "8")
    })
public class StartEndpoint extends GroupEndpoint {

  @Inject private Starts starts;
  @Inject private Graphs graphs;

  @Override
  void serve(Inbound message) throws JMSException {
    long version = message.number("version", 1, Integer.MAX_VALUE, 0);
    StartRequest request =
        new StartRequest(
            message.required("process"),
            version == 0 ? null : (int) version,
            message.text("businessKey"),
            message.text("requestId"),
            message.priority(),
            message.variables());
    starts.start(request, message.replyTo(), message.flag("acknowledge", false));
  }

  /** A crash may have left its deployment in doubt. */
  @Override
  boolean isEarly(Inbound message) throws JMSException {
    int version = (int) message.number("version", 1, Integer.MAX_VALUE, 1);
    return !graphs.isDeployed(message.required("process"), version);
  }

  @Override
  String together() {
    return "TRUE";
  }

  @Override
  String queue() {
    return "millrace.start";
  }
}
