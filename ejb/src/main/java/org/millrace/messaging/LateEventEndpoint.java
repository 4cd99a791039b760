package org.millrace.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import java.time.Duration;

/**
 * Takes the BPMN messages that were set aside because they failed, and those for the same instances
 * that came after them: in their order, one after the other. So it waits before it tries one again,
 * where the broker would let the next one overtake.
 */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.late"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1")
    })
public class LateEventEndpoint extends RequestEndpoint {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  @Inject private EventRequests requests;

  @Override
  void serve(Inbound message) throws JMSException {
    pause(message.message().getIntProperty("JMSXDeliveryCount"));
    requests.serve(message);
  }

  /** As the broker has it on the other queues: each pause three times the one before. */
  private static void pause(int delivery) {
    if (delivery <= 1) {
      return;
    }
    Duration pause = FIRST_PAUSE;
    for (int i = 2; i < delivery && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
      pause = pause.multipliedBy(3);
    }
    Pause.of(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }

  @Override
  boolean isEarly(Inbound message) throws JMSException {
    return requests.isEarly(message);
  }

  @Override
  String queue() {
    return Jms.LATE;
  }

  @Override
  String origin() {
    return EventEndpoint.QUEUE;
  }
}
