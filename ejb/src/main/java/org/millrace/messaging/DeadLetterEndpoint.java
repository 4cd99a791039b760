package org.millrace.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import org.millrace.execution.Engine;
import org.millrace.execution.Ids;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;

/**
 * Turns dead letters that an instance waits for into incidents. All others rest on their queue,
 * where an operator reads and replays them.
 */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.dead"),
      @ActivationConfigProperty(
          propertyName = "messageSelector",
          propertyValue = DeadLetterEndpoint.LOST),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1")
    })
public class DeadLetterEndpoint implements MessageListener {

  /**
   * By where they came from: a worker's outcome, and whatever a client writes, have such ids too.
   */
  static final String LOST =
      "(_AMQ_ORIG_ADDRESS LIKE 'jms.queue.millrace.stage.%' AND workId IS NOT NULL)"
          + " OR (_AMQ_ORIG_ADDRESS IN ('jms.queue.millrace.timer', 'jms.queue.millrace.call')"
          + " AND waitId IS NOT NULL)";

  @Inject private Engine engine;
  @Inject private Rejections rejections;

  @Override
  public void onMessage(Message message) {
    try {
      Inbound letter = new Inbound(message);
      String workId = letter.text("workId");
      Ids id = Ids.parse(workId == null ? letter.text(TimerEndpoint.WAIT) : workId);
      if (id == null || !raise(id, (int) letter.number("attempt", 1, Integer.MAX_VALUE, 0))) {
        rejections.refuse(
            message, Jms.DEAD, "it could not be delivered, and no instance waits for it");
      }
    } catch (BadMessage e) {
      rejections.refuse(message, Jms.DEAD, String.valueOf(e.getMessage()));
    } catch (JMSException e) {
      throw new EJBException("a dead letter could not be read", e);
    }
  }

  private boolean raise(Ids id, int attempt) {
    Command.Fail failure =
        new Command.Fail(
            id.number(),
            attempt,
            "the broker gave up delivering it; the server's log says why each delivery failed",
            null,
            false);
    return !(engine.execute(id.instanceId(), failure) instanceof Rejected rejected)
        || rejected.kind() == Kind.STALE;
  }
}
