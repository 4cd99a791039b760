package org.millrace.messaging;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.transaction.ResourceManager;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.core.transaction.TransactionOperation;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.InDoubtView.Concern;
import org.millrace.execution.Branches;
import org.millrace.execution.Ids;
import org.millrace.execution.TransactionId;

/** What the broker in this server has prepared: it knows the messages taken and sent. */
@Singleton
public class BrokerBranches implements Branches {

  @Override
  public String resource() {
    return "broker";
  }

  @Override
  public List<Branch> prepared() {
    ActiveMQServer broker = BrokerPlugins.broker();
    return broker == null ? List.of() : prepared(broker.getResourceManager());
  }

  private static List<Branch> prepared(ResourceManager transactions) {
    List<Branch> branches = new ArrayList<>();
    for (Map.Entry<Xid, Long> each :
        transactions.getPreparedTransactionsWithCreationTime().entrySet()) {
      TransactionId id = TransactionId.of(each.getKey().getGlobalTransactionId());
      Transaction transaction = transactions.getTransaction(each.getKey());
      if (id != null && transaction != null) {
        branches.add(new Branch(id, Instant.ofEpochMilli(each.getValue()), concerns(transaction)));
      }
    }
    return branches;
  }

  private static List<Concern> concerns(Transaction transaction) {
    List<Concern> concerns = new ArrayList<>();
    for (TransactionOperation operation : transaction.getAllOperations()) {
      for (MessageReference reference : operation.getRelatedMessageReferences()) {
        Concern concern = concern(reference);
        if (!concerns.contains(concern)) {
          concerns.add(concern);
        }
      }
    }
    return concerns;
  }

  private static Concern concern(MessageReference reference) {
    Message message = reference.getMessage();
    String queue = reference.getQueue().getName().toString();
    String instance = text(message, "instanceId");
    Ids wait = Ids.parse(text(message, TimerEndpoint.WAIT));
    return new Concern(
        Jms.queueName(queue),
        instance == null && wait != null ? wait.instanceId() : instance,
        text(message, "activity"));
  }

  private static @Nullable String text(Message message, String property) {
    Object value = message.getObjectProperty(property);
    return value == null ? null : value.toString();
  }
}
