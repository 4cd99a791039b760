package org.millrace.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Refusal;
import org.millrace.api.operation.Trigger;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.state.Wait;

/** The command that answers a wait as a person says. */
final class Answers {

  private Answers() {}

  /**
   * The command.
   *
   * @throws Refusal INVALID if this kind of wait cannot be answered so
   */
  static Command command(Wait wait, Trigger trigger) {
    String outcome = trigger.outcome() == null ? "done" : trigger.outcome();
    Map<String, Object> variables = trigger.variables();
    return switch (wait.kind()) {
      case WORK, TASK -> command(wait, outcome, trigger);
      case MESSAGE, SIGNAL, CONDITION -> {
        requireDone(wait, outcome);
        yield new Command.Deliver(wait.id(), variables);
      }
      case CALL -> throw invalid("a call is answered by the instance that it called");
      case TIMER -> {
        requireDone(wait, outcome);
        if (!variables.isEmpty()) {
          throw invalid("a timer takes no variables");
        }
        yield new Command.Fire(wait.id(), true);
      }
    };
  }

  private static Command command(Wait wait, String outcome, Trigger trigger) {
    return switch (outcome) {
      case "done" -> new Command.Complete(wait.id(), 0, trigger.variables());
      case "error" ->
          new Command.ThrowError(
              wait.id(),
              0,
              require("errorCode", trigger.errorCode()),
              trigger.errorMessage(),
              trigger.variables());
      case "failed" -> {
        if (wait.kind() != Wait.Kind.WORK) {
          throw invalid("a human task cannot fail technically; its outcome is done or error");
        }
        String message = trigger.errorMessage();
        yield new Command.Fail(
            wait.id(),
            0,
            message == null ? "failed by hand" : message,
            null,
            true,
            trigger.variables());
      }
      case "escalation" ->
          new Command.Escalate(
              wait.id(),
              0,
              require("escalationCode", trigger.escalationCode()),
              trigger.variables());
      default ->
          throw invalid(
              "the outcome \"%s\" is none of done, error, failed, escalation".formatted(outcome));
    };
  }

  private static void requireDone(Wait wait, String outcome) {
    if (!outcome.equals("done")) {
      throw invalid(
          "a %s can only be triggered, it has no outcome \"%s\""
              .formatted(wait.kind().word(), outcome));
    }
  }

  private static String require(String field, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw invalid("\"" + field + "\" is missing");
    }
    return value;
  }

  private static Refusal invalid(String reason) {
    return new Refusal(Refusal.Kind.INVALID, reason);
  }
}
