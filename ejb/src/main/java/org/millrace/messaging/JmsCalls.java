package org.millrace.messaging;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.Map;
import org.millrace.execution.CallQueue;
import org.millrace.execution.Caller;
import org.millrace.execution.Ids;
import org.millrace.execution.Instance;
import org.millrace.json.Json;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.state.InstanceState;

/** What instances tell each other, as messages on a queue of the engine's own. */
@Singleton
public class JmsCalls implements CallQueue {

  /** What one instance tells its caller is taken in the order in which it was sent. */
  private static final String ORDER = "JMSXGroupID";

  private final Jms jms;

  @Inject
  public JmsCalls(Jms jms) {
    this.jms = jms;
  }

  @Override
  public void start(Instance caller, Effect.StartCalled call) {
    send(
        CallEndpoint.START,
        call.priority(),
        call.variables(),
        message -> {
          message.setStringProperty(CallEndpoint.WAIT, Ids.of(caller.id(), call.call().id()));
          message.setIntProperty(CallEndpoint.ATTEMPT, call.call().attempt());
          message.setStringProperty(CallEndpoint.PROCESS, call.callee().process());
          message.setStringProperty(CallEndpoint.BINDING, call.callee().binding().name());
          if (call.callee().version() != null) {
            message.setStringProperty(CallEndpoint.VERSION, call.callee().version());
          }
          if (call.businessKey() != null) {
            message.setStringProperty(CallEndpoint.BUSINESS_KEY, call.businessKey());
          }
        });
  }

  @Override
  public void ended(Instance called, Caller caller) {
    InstanceState state = called.state();
    send(
        CallEndpoint.ENDED,
        state.priority(),
        state.variables(),
        message -> {
          String wait = Ids.of(caller.instanceId(), caller.waitId());
          message.setStringProperty(CallEndpoint.WAIT, wait);
          message.setStringProperty(ORDER, wait);
          message.setIntProperty(CallEndpoint.ATTEMPT, caller.attempt());
          message.setStringProperty(CallEndpoint.STATE, state.status().word());
          if (state.reason() != null) {
            message.setStringProperty(CallEndpoint.ERROR, state.reason());
          }
          if (state.message() != null) {
            message.setStringProperty(
                CallEndpoint.ERROR_MESSAGE, Excerpt.of(state.message(), Inbound.MAX_PROPERTY));
          }
        });
  }

  @Override
  public void escalated(Instance called, Caller caller, Effect.EscalateToCaller escalation) {
    send(
        CallEndpoint.ESCALATED,
        called.state().priority(),
        escalation.variables(),
        message -> {
          String wait = Ids.of(caller.instanceId(), caller.waitId());
          message.setStringProperty(CallEndpoint.ESCALATED_WAIT, wait);
          message.setStringProperty(ORDER, wait);
          message.setIntProperty(CallEndpoint.ATTEMPT, caller.attempt());
          message.setStringProperty(CallEndpoint.CODE, escalation.code());
        });
  }

  @Override
  public void cancel(String instanceId) {
    send(
        CallEndpoint.CANCEL,
        Message.DEFAULT_PRIORITY,
        Map.of(),
        message -> message.setStringProperty(CallEndpoint.INSTANCE, instanceId));
  }

  @FunctionalInterface
  private interface Mark {
    void on(TextMessage message) throws JMSException;
  }

  private void send(String what, int priority, Map<String, Object> variables, Mark mark) {
    jms.run(
        context -> {
          TextMessage message = context.createTextMessage(Json.write(variables));
          message.setStringProperty(CallEndpoint.CALL, what);
          mark.on(message);
          Jms.producer(context).setPriority(priority).send(jms.queue(context, Jms.CALL), message);
        });
  }
}
