package org.millrace.messaging;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import org.millrace.execution.Correlation;
import org.millrace.execution.Engine;
import org.millrace.execution.Ids;
import org.millrace.execution.Timers;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;

/**
 * Takes the engine's notes to itself: look at this timer, this bucket of timers, this kept message.
 */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.timer"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "8")
    })
public class TimerEndpoint extends RequestEndpoint {

  static final String WAIT = "waitId";
  static final String BUCKET = "bucket";
  static final String KEPT = "kept";

  @Resource private MessageDrivenContext context;
  @Inject private Engine engine;
  @Inject private Timers timers;
  @Inject private Correlation correlation;

  @Override
  void serve(Inbound message) throws JMSException {
    Ids wait = Ids.parse(message.text(WAIT));
    if (wait != null) {
      Decision decision = engine.execute(wait.instanceId(), new Command.Fire(wait.number(), false));
      if (decision instanceof Rejected rejected && rejected.kind() == Kind.TOO_EARLY) {
        context.setRollbackOnly(); // It comes again soon. Late timers are harmless.
      }
    } else if (message.text(BUCKET) != null) {
      timers.wake(message.number(BUCKET, Long.MIN_VALUE, Long.MAX_VALUE, 0));
    } else {
      correlation.lookAgain(message.required(KEPT));
    }
  }

  @Override
  String queue() {
    return "millrace.timer";
  }
}
