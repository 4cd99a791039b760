package org.millrace.messaging;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.StageContext;
import org.millrace.execution.Ids;

/**
 * One message on a stage's queue, as the author's code sees it.
 *
 * @param messageId the broker's own number
 */
record WorkMessage(
    Ids id,
    String stage,
    String process,
    int version,
    String activity,
    @Nullable String businessKey,
    int attempt,
    long messageId,
    Map<String, Object> variables)
    implements StageContext {

  /**
   * Reads one.
   *
   * @throws BadMessage if the engine did not send it
   */
  static WorkMessage read(Message message) throws JMSException {
    Inbound inbound = new Inbound(message);
    Ids id = Ids.parse(inbound.required("workId"));
    if (id == null) {
      throw new BadMessage("the workId is none that the engine gives out");
    }
    return new WorkMessage(
        id,
        stage(message),
        inbound.required("process"),
        (int) inbound.number("version", 1, Integer.MAX_VALUE, 1),
        inbound.required("activity"),
        inbound.text("businessKey"),
        (int) inbound.number("attempt", 1, Integer.MAX_VALUE, 1),
        BrokerNumber.of(message),
        // No limit: an instance may have got more variables, one message after the other.
        inbound.variables(Integer.MAX_VALUE));
  }

  /** The stage that a message was sent to. */
  static String stage(Message message) throws JMSException {
    String queue = ((Queue) message.getJMSDestination()).getQueueName();
    return queue.substring(queue.indexOf(Jms.STAGE) + Jms.STAGE.length());
  }

  @Override
  public String workId() {
    return id.toString();
  }

  @Override
  public String instanceId() {
    return id.instanceId();
  }
}
