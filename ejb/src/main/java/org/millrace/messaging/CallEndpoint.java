package org.millrace.messaging;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.CalledInstances;
import org.millrace.execution.Ids;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.effect.Effect.Callee;
import org.millrace.kernel.graph.Binding;
import org.millrace.kernel.state.Status;

/** Takes what instances tell each other: who calls, how the called one ended, who gives up. */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.call"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "8")
    })
public class CallEndpoint extends RequestEndpoint {

  static final String CALL = "call";
  static final String START = "start";
  static final String ENDED = "ended";
  static final String ESCALATED = "escalated";
  static final String CANCEL = "cancel";

  static final String WAIT = "waitId";

  /** Another name: where this is lost the call is not, see {@link DeadLetterEndpoint}. */
  static final String ESCALATED_WAIT = "escalatedWaitId";

  static final String ATTEMPT = "attempt";
  static final String PROCESS = "process";
  static final String BINDING = "binding";
  static final String VERSION = "version";
  static final String BUSINESS_KEY = "businessKey";
  static final String STATE = "state";
  static final String ERROR = "errorCode";
  static final String ERROR_MESSAGE = "errorMessage";
  static final String CODE = "escalationCode";
  static final String INSTANCE = "instanceId";

  @Resource private MessageDrivenContext context;
  @Inject private CalledInstances called;

  @Override
  void serve(Inbound message) throws JMSException {
    Rejected rejected =
        switch (message.required(CALL)) {
          case START -> called.start(request(message));
          case ENDED -> ended(message);
          case ESCALATED -> escalated(message);
          case CANCEL -> {
            called.cancel(message.required(INSTANCE));
            yield null;
          }
          default -> throw new BadMessage("the engine sends no such message");
        };
    if (rejected != null) {
      switch (rejected.kind()) {
        case STALE -> {
          // A second time the same, or what is no longer wanted: harmless.
        }
        case TOO_EARLY -> context.setRollbackOnly(); // It comes again soon.
        case INVALID, FAILED -> throw new BadMessage(rejected.reason());
      }
    }
  }

  private static CalledInstances.Request request(Inbound message) throws JMSException {
    return new CalledInstances.Request(
        wait(message, WAIT),
        attempt(message),
        new Callee(
            message.required(PROCESS),
            one(BINDING, Binding::valueOf, message.required(BINDING)),
            message.text(VERSION)),
        message.text(BUSINESS_KEY),
        message.priority(),
        variables(message));
  }

  private @Nullable Rejected ended(Inbound message) throws JMSException {
    Ids wait = wait(message, WAIT);
    Command.CalledEnded ended =
        new Command.CalledEnded(
            wait.number(),
            attempt(message),
            one(STATE, Status::of, message.required(STATE)),
            message.text(ERROR),
            variables(message),
            message.text(ERROR_MESSAGE));
    return called.ended(wait.instanceId(), ended) instanceof Rejected rejected ? rejected : null;
  }

  private @Nullable Rejected escalated(Inbound message) throws JMSException {
    Ids wait = wait(message, ESCALATED_WAIT);
    Command.CalledEscalated escalated =
        new Command.CalledEscalated(
            wait.number(), attempt(message), message.required(CODE), variables(message));
    return called.escalated(wait.instanceId(), escalated) instanceof Rejected rejected
        ? rejected
        : null;
  }

  private static <T> T one(String property, Function<String, T> reading, String text) {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException e) {
      throw new BadMessage("\"%s\" is no %s that the engine writes".formatted(text, property));
    }
  }

  private static Ids wait(Inbound message, String property) throws JMSException {
    Ids wait = Ids.parse(message.required(property));
    if (wait == null) {
      throw new BadMessage("the waitId is none that the engine gives out");
    }
    return wait;
  }

  private static int attempt(Inbound message) throws JMSException {
    return (int) message.number(ATTEMPT, 1, Integer.MAX_VALUE, 1);
  }

  /** No limit: an instance may have got more variables, one message after the other. */
  private static Map<String, Object> variables(Inbound message) throws JMSException {
    return message.variables(Integer.MAX_VALUE);
  }

  @Override
  String queue() {
    return Jms.CALL;
  }

  @Override
  boolean isOfAnInstance() {
    return true;
  }
}
