package org.millrace.operation;

import static org.millrace.api.operation.Roles.OPERATOR;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.millrace.api.operation.MessageView;
import org.millrace.api.operation.Messages;
import org.millrace.api.operation.Refusal;
import org.millrace.execution.Mailbox;

/** Refused and dead messages, for operators. */
@Stateless
@Local(Messages.class)
@RolesAllowed(OPERATOR)
public class MessageOperations implements Messages {

  @Inject private Mailbox mailbox;

  @Override
  public List<MessageView> list(String queue, int from, int size) {
    if (!queue.equals("rejected") && !queue.equals("dead")) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          "the queue \"%s\" is neither \"rejected\" nor \"dead\"".formatted(queue));
    }
    return mailbox.list(queue, from, size);
  }

  @Override
  public void replay(String id) {
    if (!mailbox.replay(id)) {
      throw Commands.notFound("message", id);
    }
  }
}
