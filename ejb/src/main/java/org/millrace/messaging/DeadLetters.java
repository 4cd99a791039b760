package org.millrace.messaging;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.BegunStore;
import org.millrace.execution.Engine;
import org.millrace.execution.Ids;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;

/** What an instance waits for and nobody can deliver, as incidents. */
@Singleton
public class DeadLetters {

  /**
   * By where they came from: a worker's outcome, and whatever a client writes, have such ids too.
   */
  static final String LOST =
      "(_AMQ_ORIG_ADDRESS LIKE 'jms.queue.millrace.stage.%' AND workId IS NOT NULL)"
          + " OR (_AMQ_ORIG_ADDRESS = 'jms.queue.millrace.timer' AND waitId IS NOT NULL)"
          + " OR (_AMQ_ORIG_ADDRESS = 'jms.queue.millrace.call'"
          + " AND (waitId IS NOT NULL OR escalatedWaitId IS NOT NULL))";

  private final Engine engine;
  private final BegunStore begun;

  @Inject
  public DeadLetters(Engine engine, BegunStore begun) {
    this.engine = engine;
    this.begun = begun;
  }

  /**
   * Forgets that a message was begun, in the transaction in which it leaves the dead letters: under
   * this name nobody begins it again.
   */
  void forget(Message letter) throws JMSException {
    begun.end(Crashes.ids(letter));
  }

  /** Has an incident stand where the letter is waited for: the broker has given it up. */
  boolean raise(Inbound letter) throws JMSException {
    forget(letter.message());
    return raise(
        letter, "the broker gave up delivering it; the server's log says why each delivery failed");
  }

  /**
   * Has an incident stand where the letter is waited for.
   *
   * @return whether somebody waits for it, or has waited
   */
  boolean raise(Inbound letter, String reason) throws JMSException {
    Ids id = addressee(letter);
    return id != null
        && (!(engine.execute(id.instanceId(), command(letter, id.number(), reason))
                instanceof Rejected rejected)
            || rejected.kind() == Kind.STALE);
  }

  private static @Nullable Ids addressee(Inbound letter) throws JMSException {
    for (String property : List.of("workId", TimerEndpoint.WAIT, CallEndpoint.ESCALATED_WAIT)) {
      String id = letter.text(property);
      if (id != null) {
        return Ids.parse(id);
      }
    }
    return null;
  }

  private static Command command(Inbound letter, int wait, String reason) throws JMSException {
    int attempt = (int) letter.number("attempt", 1, Integer.MAX_VALUE, 0);
    if (letter.text(CallEndpoint.ESCALATED_WAIT) != null) {
      return new Command.EscalationLost(
          wait, attempt, letter.required(CallEndpoint.CODE), letter.variables(Integer.MAX_VALUE));
    }
    return new Command.Fail(wait, attempt, reason, null, false);
  }
}
