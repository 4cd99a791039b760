package org.millrace.messaging;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Correlation;
import org.millrace.execution.Engine;
import org.millrace.execution.Ids;
import org.millrace.execution.Signals;
import org.millrace.execution.StartTimers;
import org.millrace.execution.Timers;
import org.millrace.execution.WaitStore.WaitRef;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;

/**
 * Takes the engine's notes to itself: look at this timer, this bucket of timers, this kept message;
 * bring this signal to this instance, or start this process.
 */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.timer"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "8")
    })
public class TimerEndpoint extends GroupEndpoint {

  static final String WAIT = "waitId";
  static final String BUCKET = "bucket";
  static final String AFTER = "after";
  static final String KEPT = "kept";
  static final String SIGNALLED = "signalled";
  static final String WAITS = "waits";
  static final String PROCESS = "process";
  static final String ELEMENT = "element";
  static final String PART = "part";
  static final String VERSION = "version";
  static final String DUE = "due";

  /** A timer can be due before its deployment can be seen; about a minute is given it. */
  private static final int PATIENCE = 7;

  @Resource private MessageDrivenContext context;
  @Inject private Engine engine;
  @Inject private Timers timers;
  @Inject private Correlation correlation;
  @Inject private Signals signals;
  @Inject private StartTimers starts;

  @Override
  void serve(Inbound message) throws JMSException {
    Ids wait = Ids.parse(message.text(WAIT));
    if (message.text(SIGNALLED) != null) {
      signals.deliver(message.required(SIGNALLED), waits(message), variables(message));
    } else if (message.text(PROCESS) != null) {
      start(message);
    } else if (wait != null) {
      Decision decision = engine.execute(wait.instanceId(), new Command.Fire(wait.number(), false));
      if (decision instanceof Rejected rejected && rejected.kind() == Kind.TOO_EARLY) {
        context.setRollbackOnly(); // It comes again soon. Late timers are harmless.
      }
    } else if (message.text(BUCKET) != null) {
      wake(message, message.number(BUCKET, Long.MIN_VALUE, Long.MAX_VALUE, 0));
    } else {
      correlation.lookAgain(message.required(KEPT));
    }
  }

  private void wake(Inbound message, long bucket) throws JMSException {
    Ids after = Ids.parse(message.text(AFTER));
    if (after == null) {
      timers.wake(bucket);
    } else {
      Instant due = instant(message.required(DUE));
      timers.handOver(bucket, new WaitRef(after.instanceId(), after.number(), due));
    }
  }

  private void start(Inbound message) throws JMSException {
    String process = message.required(PROCESS);
    String element = message.required(ELEMENT);
    String due = message.text(DUE);
    if (due == null) {
      signals.start(process, element, variables(message));
    } else if (!starts.fire(
        process,
        element,
        (int) message.number(PART, 0, Integer.MAX_VALUE, 0),
        (int) message.number(VERSION, 1, Integer.MAX_VALUE, 0),
        instant(due))) {
      comeAgain(message, PATIENCE, "this version of the process is not deployed");
    }
  }

  private static Instant instant(String due) {
    try {
      return Instant.parse(due);
    } catch (DateTimeParseException e) {
      throw new BadMessage("\"%s\" is no time that the engine writes".formatted(due));
    }
  }

  /** The waits of a signal, however many. */
  private static List<Integer> waits(Inbound message) throws JMSException {
    String waits = message.message().getStringProperty(WAITS);
    try {
      return Arrays.stream(String.valueOf(waits).split(" ", -1)).map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new BadMessage("the waits are none that the engine writes");
    }
  }

  /** No limit: what an instance has gathered may be more than a message from outside. */
  private static Map<String, Object> variables(Inbound message) throws JMSException {
    return message.variables(Integer.MAX_VALUE);
  }

  /** Timers of instances. All other notes look into tables, and are rare. */
  @Override
  String together() {
    return WAIT + " IS NOT NULL";
  }

  @Override
  boolean alone(Inbound message) throws JMSException {
    return message.text(WAIT) == null;
  }

  @Override
  @Nullable String instance(Inbound message) throws JMSException {
    Ids wait = Ids.parse(message.text(WAIT));
    return wait == null ? null : wait.instanceId();
  }

  /**
   * A crash may have left in doubt that a message is kept, or some of a bucket's timers: this look
   * is the last one.
   */
  @Override
  boolean isEarly(Inbound message) throws JMSException {
    String kept = message.text(KEPT);
    return message.text(BUCKET) != null || (kept != null && !correlation.isKept(kept));
  }

  @Override
  String queue() {
    return "millrace.timer";
  }

  @Override
  boolean isOfAnInstance() {
    return true;
  }
}
