package org.millrace.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import java.util.LinkedHashMap;
import java.util.Map;
import org.millrace.api.operation.EventRequest;
import org.millrace.api.operation.EventResult;
import org.millrace.execution.Dispatcher;
import org.millrace.execution.Events;
import org.millrace.execution.ReplyStore.ReplyTo;

/** Takes BPMN messages. One session only: the order in which a producer sent them is kept. */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.event"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1")
    })
public class EventEndpoint extends RequestEndpoint {

  @Inject private Events events;
  @Inject private Dispatcher dispatcher;

  @Override
  void serve(Inbound message) throws JMSException {
    ReplyTo replyTo = message.replyTo();
    EventResult result =
        events.send(
            new EventRequest(
                message.required("message"),
                message.text("businessKey"),
                message.text("instanceId"),
                message.text("correlationKey"),
                message.text("requestId"),
                message.number("timeToLive", 0, Long.MAX_VALUE, 0),
                message.variables()));
    if (replyTo != null) {
      Map<String, Object> properties = new LinkedHashMap<>();
      properties.put("state", result.state());
      if (result.instanceId() != null) {
        properties.put("instanceId", result.instanceId());
      }
      dispatcher.reply(replyTo, properties, Map.of());
    }
  }

  @Override
  String queue() {
    return "millrace.event";
  }
}
