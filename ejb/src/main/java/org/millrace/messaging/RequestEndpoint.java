package org.millrace.messaging;

import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.util.List;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.Refusal;
import org.millrace.execution.Dispatcher;

/**
 * The base of the beans that take requests: a request that cannot be served is refused, kept, and
 * never retried; any other failure rolls back and is retried by the broker.
 */
abstract class RequestEndpoint implements MessageListener {

  @Inject private Rejections rejections;
  @Inject private Crashes crashes;
  @Inject private Outage outage;
  @Inject private Aftermath aftermath;
  @Inject private DeadLetters lost;
  @Inject private Dispatcher dispatcher;

  /** The queue it consumes. */
  abstract String queue();

  /** Where its senders have sent what it consumes: a refused message goes there again. */
  String origin() {
    return queue();
  }

  /**
   * Serves one request.
   *
   * @throws BadMessage if the message is not what the contract says
   * @throws Refusal if it cannot be done
   */
  abstract void serve(Inbound message) throws JMSException;

  @Override
  public void onMessage(Message message) {
    outage.sitOut(message);
    dispatcher.settleDeployments();
    serveAll(message);
  }

  /** Serves it, and what may go with it. */
  void serveAll(Message message) {
    serve(message);
  }

  void serve(Message message) {
    sitOutAftermath(List.of(message));
    try {
      crashes.begin(message);
    } catch (ServerEnded e) {
      giveUp(message, String.valueOf(e.getMessage()));
      return;
    }
    serveBegun(message);
  }

  /** Before any is begun: the next crash may come meanwhile, and is none of their doing. */
  void sitOutAftermath(List<Message> messages) {
    if (!aftermath.isOver() && messages.stream().anyMatch(this::isEarly)) {
      aftermath.await();
    }
  }

  private boolean isEarly(Message message) {
    try {
      return isEarly(new Inbound(message));
    } catch (BadMessage e) {
      return false; // It will be refused.
    } catch (JMSException e) {
      throw unreadable(e);
    }
  }

  /** Serves one of which it is known that the server may be in the middle of it. */
  void serveBegun(Message message) {
    try {
      serve(new Inbound(message));
    } catch (BadMessage | Refusal | DeploymentRefused e) {
      rejections.refuse(message, origin(), String.valueOf(e.getMessage()));
    } catch (JMSException e) {
      throw unreadable(e);
    }
  }

  EJBException unreadable(JMSException cause) {
    return new EJBException("a message on " + queue() + " could not be read", cause);
  }

  /** A timer or a call is some instance's: an incident stands there. All others are refused. */
  private void giveUp(Message message, String reason) {
    try {
      if (!isOfAnInstance() || !lost.raise(new Inbound(message), reason)) {
        rejections.refuse(message, origin(), reason);
      }
    } catch (BadMessage e) {
      rejections.refuse(message, origin(), reason);
    } catch (JMSException e) {
      throw unreadable(e);
    }
  }

  /** Whether it names something that is not to be seen: a crash may have left that in doubt. */
  boolean isEarly(Inbound message) throws JMSException {
    return false;
  }

  /** Whether the ids in its messages are the engine's own, and not what a client wrote. */
  boolean isOfAnInstance() {
    return false;
  }
}
