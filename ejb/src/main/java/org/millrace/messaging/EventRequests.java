package org.millrace.messaging;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.api.operation.EventRequest;
import org.millrace.api.operation.EventResult;
import org.millrace.execution.Dispatcher;
import org.millrace.execution.Events;
import org.millrace.execution.ReplyStore.ReplyTo;
import org.millrace.execution.WaitStore.Addressed;

/** BPMN messages as they came, brought to whom they concern, and answered. */
@Singleton
public class EventRequests {

  private final Events events;
  private final Dispatcher dispatcher;

  @Inject
  public EventRequests(Events events, Dispatcher dispatcher) {
    this.events = events;
    this.dispatcher = dispatcher;
  }

  /** Finds and locks the instances that many concern, all at once. */
  void lock(List<Inbound> messages) throws JMSException {
    List<Addressed> all = new ArrayList<>();
    for (Inbound message : messages) {
      try {
        all.add(addressed(message));
      } catch (BadMessage e) {
        // It will be refused.
      }
    }
    events.expect(all);
  }

  /** Whether nobody waits for it, as far as can be seen. */
  boolean isEarly(Inbound message) throws JMSException {
    return !events.isAwaited(addressed(message));
  }

  private static Addressed addressed(Inbound message) throws JMSException {
    return new Addressed(
        message.required("message"),
        message.text("instanceId"),
        message.text("businessKey"),
        message.text("correlationKey"));
  }

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
}
