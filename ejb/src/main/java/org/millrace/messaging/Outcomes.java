package org.millrace.messaging;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.JMSException;
import java.util.Map;
import org.millrace.execution.Engine;
import org.millrace.execution.Ids;
import org.millrace.kernel.Decision;
import org.millrace.kernel.command.Command;

/** What workers outside the server answer, in the kernel's words. */
@Singleton
public class Outcomes {

  private final Engine engine;

  @Inject
  public Outcomes(Engine engine) {
    this.engine = engine;
  }

  /** Applies an outcome to the work that it is for. */
  Decision take(Ids work, Inbound message) throws JMSException {
    return engine.execute(work.instanceId(), command(work.number(), message));
  }

  private static Command command(int wait, Inbound message) throws JMSException {
    String outcome = message.required("outcome");
    Map<String, Object> variables = message.variables();
    return switch (outcome) {
      case "done" -> new Command.Complete(wait, 0, variables);
      case "error" ->
          new Command.ThrowError(
              wait, 0, message.required("errorCode"), message.text("errorMessage"), variables);
      case "failed" ->
          new Command.Fail(
              wait, 0, message.required("errorMessage"), null, message.flag("retry", true));
      case "escalation" -> throw new BadMessage("this release does not execute escalations yet");
      default ->
          throw new BadMessage(
              "the outcome \"%s\" is none of done, error, failed, escalation".formatted(outcome));
    };
  }
}
