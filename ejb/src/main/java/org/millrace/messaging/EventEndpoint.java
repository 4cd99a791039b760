package org.millrace.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;

/**
 * Takes BPMN messages. One session only: the order in which a producer sent them is kept. One that
 * fails is tried once more; then the broker sets it aside, and the others go on.
 */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.event"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1")
    })
public class EventEndpoint extends RequestEndpoint {

  @Inject private EventRequests requests;
  @Inject private LateEvents late;
  @Inject private Jms jms;

  @Override
  void serve(Inbound message) throws JMSException {
    if (late.mayBeBefore(message)) {
      jms.run(
          context ->
              Rejections.send(
                  context, Jms.LATE, message.message(), Rejections.properties(message.message())));
    } else {
      late.tried(message);
      requests.serve(message);
    }
  }

  @Override
  String queue() {
    return "millrace.event";
  }
}
