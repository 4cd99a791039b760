package org.millrace.messaging;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Engine;
import org.millrace.execution.Ids;
import org.millrace.execution.Instance;
import org.millrace.json.Json;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;

/** What is done about work outside the transaction that does it: each call is one of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Attempts {

  private static final int MAX_KEPT = 16_000;

  @Inject private Engine engine;
  @Inject private Crashes crashes;

  /** Records a failed attempt: the next one is sent after its backoff, or an incident stands. */
  public void failed(Ids work, int attempt, Throwable cause) {
    String message = cause.getMessage() == null ? cause.getClass().getName() : cause.toString();
    crashes.failed(work.toString(), attempt);
    if (fail(work, attempt, message, cause, true) instanceof Rejected rejected
        && rejected.kind() == Kind.FAILED) {
      // Not even the next attempt can be sent, since an expression of the model fails.
      fail(work, attempt, message + "; " + rejected.reason(), cause, false);
    }
  }

  private Decision fail(Ids work, int attempt, String message, Throwable cause, boolean retry) {
    return engine.execute(
        work.instanceId(),
        new Command.Fail(work.number(), attempt, kept(message), stackTrace(cause), retry));
  }

  /** The instance as it is once those who are changing it have committed. */
  public @Nullable Instance settled(String instanceId) {
    return engine.readSettled(instanceId);
  }

  private static String stackTrace(Throwable cause) {
    StringWriter text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text));
    return kept(text.toString());
  }

  /** What an author's exception says may be as long as it likes, and hold anything. */
  private static String kept(String text) {
    return Json.storable(Excerpt.of(text, MAX_KEPT));
  }
}
