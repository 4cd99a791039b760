package org.millrace.operation;

import static org.millrace.api.operation.Roles.OPERATOR;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.millrace.api.operation.MessageView;
import org.millrace.api.operation.Messages;
import org.millrace.api.operation.Page;
import org.millrace.api.operation.Refusal;
import org.millrace.execution.Mailbox;

/** Refused and dead messages, for operators. */
@Stateless
@Local(Messages.class)
@RolesAllowed(OPERATOR)
public class MessageOperations implements Messages {

  @Resource private SessionContext context;
  @Inject private Mailbox mailbox;

  @Override
  public Page<MessageView> find(String queue, int from, int size) {
    require(queue);
    Commands.requirePart(from, size);
    List<MessageView> found = mailbox.list(queue, from, size);
    // Some may have come or gone in between.
    return new Page<>(Math.max(mailbox.count(queue), found.size()), found);
  }

  private static void require(String queue) {
    if (!QUEUES.contains(queue)) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          "the queue \"%s\" is neither \"rejected\" nor \"dead\"".formatted(queue));
    }
  }

  @Override
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void replay(String id) {
    if (!mailbox.replay(id)) {
      throw Commands.notFound("message", id);
    }
  }

  @Override
  public int replayAll(String queue) {
    require(queue);
    // Through the container, so that each is a transaction of its own.
    Messages each = context.getBusinessObject(Messages.class);
    return Commands.forEach(mailbox.replayable(queue, Page.MAX_SIZE), each::replay);
  }
}
