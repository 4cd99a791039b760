package org.millrace.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import java.util.List;

/**
 * Takes BPMN messages. One session only, and one group after the other: so the order in which a
 * producer sent them is kept. One that fails is tried once more, alone; then the broker sets it
 * aside, and the others go on.
 */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.event"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1")
    })
public class EventEndpoint extends GroupEndpoint {

  static final String QUEUE = "millrace.event";

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
  String together() {
    return FreshOnly.IN_ORDER;
  }

  /** Where some were set aside, one after the other: each can see what became of those before. */
  @Override
  boolean alone(Inbound message) {
    return late.areThere();
  }

  @Override
  void lock(List<Inbound> messages) throws JMSException {
    requests.lock(messages);
  }

  @Override
  boolean isEarly(Inbound message) throws JMSException {
    return requests.isEarly(message);
  }

  @Override
  String queue() {
    return QUEUE;
  }
}
