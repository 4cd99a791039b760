package org.millrace.messaging;

import static java.util.Objects.requireNonNull;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.StageGateway;
import org.millrace.api.StageResult;
import org.millrace.execution.Engine;
import org.millrace.execution.Instance;
import org.millrace.json.Json;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.Kernel;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Status;
import org.millrace.observability.StageMeter;
import org.millrace.observability.StageMetrics;

/**
 * The door for stage beans. The author's work comes first and the instance's lock after it, so that
 * parallel branches work side by side and only their short bookkeeping is in line.
 */
@Stateless
@Local(StageGateway.class)
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Stages implements StageGateway {

  @Resource private SessionContext context;
  @Resource private TransactionSynchronizationRegistry transaction;
  @EJB private Attempts attempts;
  @Inject private Engine engine;
  @Inject private StageMetrics metrics;
  @Inject private Rejections rejections;

  @Override
  public void perform(Message message, Handler handler) {
    try {
      perform(message, WorkMessage.stage(message), handler);
    } catch (JMSException e) {
      throw new IllegalStateException("a message of a stage could not be read", e);
    }
  }

  private void perform(Message message, String stage, Handler handler) throws JMSException {
    WorkMessage work;
    try {
      work = WorkMessage.read(message);
    } catch (BadMessage e) {
      rejections.refuse(message, Jms.STAGE + stage, String.valueOf(e.getMessage()));
      return;
    }
    perform(work, handler);
  }

  private void perform(WorkMessage work, Handler handler) {
    StageMeter meter = metrics.of(work.stage());
    Rejected standing = standing(engine.read(work.instanceId()), work);
    if (standing != null && standing.kind() == Kind.TOO_EARLY) {
      // The broker's branch committed before the database's: a locking read waits for that one.
      standing = standing(attempts.settled(work.instanceId()), work);
    }
    if (standing != null) {
      if (standing.kind() == Kind.TOO_EARLY) {
        context.setRollbackOnly(); // It comes again soon.
      } else {
        meter.stale();
      }
      return;
    }
    Attempt attempt = new Attempt(work, attempts, meter);
    transaction.registerInterposedSynchronization(attempt);
    try {
      finish(attempt, engine.execute(work.instanceId(), command(work, handler.handle(work))));
    } catch (Throwable e) { // Whatever an author throws: it is recorded, and nothing is committed.
      attempt.failed(e);
      context.setRollbackOnly();
    }
  }

  private void finish(Attempt attempt, Decision decision) {
    if (decision instanceof Rejected rejected) {
      if (rejected.kind() == Kind.STALE) {
        attempt.stale();
      } else {
        attempt.failed(new IllegalStateException(rejected.reason()));
      }
      context.setRollbackOnly();
    }
  }

  /** Whether the work is awaited as the message knows it: null if so. */
  private static @Nullable Rejected standing(@Nullable Instance instance, WorkMessage work) {
    if (instance == null) {
      return new Rejected(Kind.TOO_EARLY, "there is no such instance yet");
    }
    InstanceState state = instance.state();
    if (state.status() == Status.SUSPENDED) {
      return new Rejected(Kind.STALE, "suspended; resuming sends it again");
    }
    return Kernel.check(state, work.id().number(), work.attempt());
  }

  @SuppressWarnings("unchecked") // canonical gives a Map for a Map, with keys of type String.
  private static Command command(WorkMessage work, StageResult result) {
    if (result == null) {
      throw new IllegalStateException(
          "the stage at " + work.activity() + " returned null instead of a StageResult");
    }
    Map<String, Object> variables =
        (Map<String, Object>) requireNonNull(Json.canonical(result.variables()));
    int wait = work.id().number();
    if (result instanceof StageResult.BusinessError error) {
      return new Command.ThrowError(wait, work.attempt(), error.code(), error.message(), variables);
    }
    return new Command.Complete(wait, work.attempt(), variables);
  }
}
