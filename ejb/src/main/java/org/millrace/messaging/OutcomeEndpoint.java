package org.millrace.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Ids;
import org.millrace.kernel.Decision.Rejected;

/** Takes the outcomes of work that was done outside the server. */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.outcome"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "8")
    })
public class OutcomeEndpoint extends GroupEndpoint {

  /** Work can be answered before the state that ordered it can be seen; so much is given it. */
  private static final int PATIENCE = 6;

  @Inject private Outcomes outcomes;

  @Override
  void serve(Inbound message) throws JMSException {
    Ids id = Ids.parse(message.required("workId"));
    if (id == null) {
      throw new BadMessage("the workId is none that the engine gives out");
    }
    if (outcomes.take(id, message) instanceof Rejected rejected) {
      switch (rejected.kind()) {
        case STALE -> {
          // A second answer, or one to work that is no longer wanted: harmless.
        }
        case TOO_EARLY -> comeAgain(message, PATIENCE, "there is no work with this workId");
        case INVALID, FAILED -> throw new BadMessage(rejected.reason());
      }
    }
  }

  @Override
  boolean isEarly(Inbound message) throws JMSException {
    String instance = instance(message);
    return instance != null && !outcomes.isThere(instance);
  }

  @Override
  String together() {
    return "workId IS NOT NULL";
  }

  @Override
  @Nullable String instance(Inbound message) throws JMSException {
    Ids id = Ids.parse(message.text("workId"));
    return id == null ? null : id.instanceId();
  }

  @Override
  String queue() {
    return "millrace.outcome";
  }
}
