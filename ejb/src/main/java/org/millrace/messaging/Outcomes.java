package org.millrace.messaging;

import static java.util.Objects.requireNonNull;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.JMSException;
import java.util.Map;
import org.millrace.execution.Dispatcher;
import org.millrace.execution.Engine;
import org.millrace.execution.Ids;
import org.millrace.execution.Instance;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Decision.Accepted;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.state.Wait;
import org.millrace.observability.StageMeter;
import org.millrace.observability.StageMetrics;

/** What workers outside the server answer, in the kernel's words. */
@Singleton
public class Outcomes {

  private final Engine engine;
  private final Dispatcher dispatcher;
  private final StageMetrics metrics;

  @Inject
  public Outcomes(Engine engine, Dispatcher dispatcher, StageMetrics metrics) {
    this.engine = engine;
    this.dispatcher = dispatcher;
    this.metrics = metrics;
  }

  /**
   * Applies an outcome to the work that it is for. One that an expression of the model fails on is
   * rejected, and the work stands as an incident: nobody else would ever answer it.
   */
  Decision take(Ids work, Inbound message) throws JMSException {
    Command command = command(work.number(), message);
    Instance instance = engine.readSettled(work.instanceId());
    if (instance == null && dispatcher.settleAll()) {
      instance = engine.readSettled(work.instanceId());
    }
    if (instance == null) {
      return new Rejected(Kind.TOO_EARLY, "there is no instance " + work.instanceId());
    }
    Wait wait = instance.state().findWait(work.number());
    if (wait != null && wait.kind() != Wait.Kind.WORK) {
      // Nobody has this id from a stage: tasks are people's, and timers the engine's own.
      return new Rejected(Kind.INVALID, "the workId is that of a %s".formatted(wait.kind().word()));
    }
    Decision decision = engine.execute(instance, command);
    if (decision instanceof Accepted) {
      count(instance.state().wait(work.number()), command);
    } else if (decision instanceof Rejected rejected && rejected.kind() == Kind.FAILED) {
      engine.execute(instance, new Command.Fail(work.number(), 0, rejected.reason(), null, false));
    }
    return decision;
  }

  boolean isThere(String instanceId) {
    return engine.read(instanceId) != null;
  }

  /** Before the commit: one that fails comes again, and is counted twice. It is rare enough. */
  private void count(Wait answered, Command command) {
    if (answered.kind() == Wait.Kind.WORK) {
      StageMeter meter = metrics.of(requireNonNull(answered.name()));
      if (command instanceof Command.Fail) {
        meter.failed();
      } else {
        meter.completed();
      }
    }
  }

  private static Command command(int wait, Inbound message) throws JMSException {
    String outcome = message.required("outcome");
    Map<String, Object> variables = message.variables();
    return switch (outcome) {
      case "done" -> new Command.Complete(wait, 0, variables);
      case "error" ->
          new Command.ThrowError(
              wait, 0, message.required("errorCode"), message.excerpt("errorMessage"), variables);
      case "failed" ->
          new Command.Fail(
              wait,
              0,
              Inbound.required("errorMessage", message.excerpt("errorMessage")),
              null,
              message.flag("retry", true),
              variables);
      case "escalation" ->
          new Command.Escalate(wait, 0, message.required("escalationCode"), variables);
      default ->
          throw new BadMessage(
              "the outcome \"%s\" is none of done, error, failed, escalation".formatted(outcome));
    };
  }
}
