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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.api.StageGateway;
import org.millrace.api.StageResult;
import org.millrace.execution.Engine;
import org.millrace.execution.Instance;
import org.millrace.execution.Overtaken;
import org.millrace.json.Json;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.Kernel;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Status;
import org.millrace.observability.StageMetrics;

/**
 * The door for stage beans. The author's work comes first and the instance's lock after it, so that
 * parallel branches work side by side and only their short bookkeeping is in line. An instance that
 * awaits nothing but this work needs no lock: whoever carries it on meanwhile is noticed.
 */
@Stateless
@Local(StageGateway.class)
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Stages implements StageGateway {

  /** What has failed before goes alone, whether the broker knows it or the engine does. */
  private static final String FIRST_ATTEMPTS = "attempt = 1";

  /**
   * After longer work a lock is asked for in any case: then it costs next to nothing, and who sets
   * a variable meanwhile has it done twice otherwise.
   */
  private static final Duration QUICK = Duration.ofMillis(200);

  /** Read as a text: what is no number will be refused. */
  private static final String FIRST = "1";

  @Resource private SessionContext context;
  @Resource private TransactionSynchronizationRegistry transaction;
  @EJB private Attempts attempts;
  @Inject private Engine engine;
  @Inject private StageMetrics metrics;
  @Inject private Rejections rejections;
  @Inject private Jms jms;
  @Inject private Backlog backlog;
  @Inject private Sending sending;
  @Inject private Crashes crashes;
  @Inject private Outage outage;

  /**
   * Work that is awaited.
   *
   * @param seen the instance that awaits it, where it was looked at or is remembered
   * @param alone whether it is taken to stand so still, since it awaits nothing else
   * @param fatal whether the server has ended in the middle of it before
   */
  private record Awaited(WorkMessage work, @Nullable Instance seen, boolean alone, boolean fatal) {}

  /** What an author's bean made of a piece of work. */
  private record Done(Awaited awaited, Command command) {}

  @Override
  public void perform(Message message, Handler handler, boolean together) {
    outage.sitOut(message);
    jms.together(
        () -> {
          try {
            String stage = WorkMessage.stage(message);
            Attempt attempt = new Attempt(attempts, metrics.of(stage));
            transaction.registerInterposedSynchronization(attempt);
            Backlog.Behind behind =
                backlog.behind(
                    message,
                    Jms.STAGE + stage,
                    FIRST_ATTEMPTS,
                    !together
                        || !FIRST.equals(message.getStringProperty("attempt"))
                        || crashes.isSuspect(message));
            carryOut(attempt, handle(message, stage, attempt, handler, behind));
          } catch (JMSException e) {
            throw new IllegalStateException("a message of a stage could not be read", e);
          }
        });
  }

  /** Has the author's bean do the work, and what waits behind it. */
  private List<Done> handle(
      Message first, String stage, Attempt attempt, Handler handler, Backlog.Behind behind)
      throws JMSException {
    List<Done> all = new ArrayList<>();
    List<Message> messages = List.of(first);
    while (!messages.isEmpty()) {
      attempt.take(messages.size());
      for (Awaited awaited : awaited(messages, stage, behind)) {
        WorkMessage work = awaited.work();
        attempt.begin(work);
        long began = System.nanoTime();
        try {
          if (awaited.fatal()) {
            throw new ServerEnded(1);
          }
          all.add(new Done(awaited, command(work, handler.handle(work))));
        } catch (Throwable e) { // Whatever an author throws: it is recorded, and nothing committed.
          attempt.failed(e);
          context.setRollbackOnly();
        }
        if (context.getRollbackOnly()) {
          return List.of();
        }
        behind.worked(System.nanoTime() - began);
      }
      if (context.getRollbackOnly()) {
        if (!all.isEmpty()) {
          attempt.stale(new Overtaken("work of the same group came too early"));
        }
        return List.of();
      }
      messages = behind.next();
    }
    return all;
  }

  /** The work that is still awaited; what is a duplicate or no work at all is done with here. */
  private List<Awaited> awaited(List<Message> messages, String stage, Backlog.Behind behind)
      throws JMSException {
    List<WorkMessage> all = new ArrayList<>();
    for (Message message : messages) {
      try {
        all.add(WorkMessage.read(message));
      } catch (BadMessage e) {
        rejections.refuse(message, Jms.STAGE + stage, String.valueOf(e.getMessage()));
      }
    }
    List<WorkMessage> unknown = new ArrayList<>();
    List<Awaited> awaited = new ArrayList<>();
    for (WorkMessage work : all) {
      Sending.Known known = sending.awaited(work.workId(), work.attempt());
      if (known != null && !crashes.concern(work)) {
        awaited.add(new Awaited(work, known.left(), known.left() != null, false));
      } else {
        unknown.add(work);
      }
    }
    Map<String, Instance> instances =
        engine.readAll(unknown.stream().map(WorkMessage::instanceId).distinct().toList());
    List<WorkMessage> old = new ArrayList<>();
    for (WorkMessage work : unknown) {
      Instance seen = awaiting(work, instances.get(work.instanceId()));
      boolean fatal = false;
      if (crashes.concern(work)) {
        if (seen == null) {
          crashes.forget(work); // It may have been begun in a group that was rolled back.
        } else if (behind.isAlone()) {
          fatal = crashes.begin(work);
          // Since the first look the attempt's failure may have gone on record, and with it what
          // was known of its crashes.
          seen = awaiting(work, engine.readAll(List.of(work.instanceId())).get(work.instanceId()));
        } else {
          old.add(work);
        }
      }
      if (seen != null) {
        awaited.add(new Awaited(work, seen, false, fatal));
      }
    }
    if (context.getRollbackOnly()) {
      return List.of();
    }
    crashes.beginWork(old);
    return awaited;
  }

  /** The instance, if it awaits the work; null if not. */
  private @Nullable Instance awaiting(WorkMessage work, @Nullable Instance found) {
    Instance instance = found;
    Rejected standing = standing(instance, work);
    if (standing != null && standing.kind() == Kind.TOO_EARLY) {
      // The broker's branch committed before the database's: a locking read waits for that one.
      instance = attempts.settled(work.instanceId());
      standing = standing(instance, work);
    }
    if (standing == null) {
      return instance;
    }
    if (standing.kind() == Kind.TOO_EARLY) {
      context.setRollbackOnly(); // It comes again soon.
    } else {
      metrics.of(work.stage()).stale();
    }
    return null;
  }

  /**
   * The bookkeeping of all that was done: under the instances' locks, unless it was quick and each
   * of them is alone.
   */
  private void carryOut(Attempt attempt, List<Done> all) {
    if (all.isEmpty()) {
      return;
    }
    try {
      Set<String> ids = new LinkedHashSet<>();
      Map<String, Instance> seen = new HashMap<>();
      for (Done done : all) {
        String id = done.awaited().work().instanceId();
        ids.add(id);
        if (done.awaited().seen() != null) {
          seen.put(id, done.awaited().seen());
        }
      }
      engine.together(
          () -> {
            if (attempt.isYoungerThan(QUICK)
                && all.stream().allMatch(done -> done.awaited().alone())) {
              engine.assumeAll(seen.values());
            } else {
              engine.lockAll(ids, seen);
            }
            all.forEach(this::carryOut);
          });
    } catch (Overtaken e) {
      attempt.stale(e);
      context.setRollbackOnly();
    } catch (RuntimeException e) {
      attempt.failed(e);
      context.setRollbackOnly();
    }
  }

  private void carryOut(Done done) {
    if (engine.execute(done.awaited().work().instanceId(), done.command())
        instanceof Rejected rejected) {
      throw rejected.kind() == Kind.STALE || rejected.kind() == Kind.TOO_EARLY
          ? new Overtaken(rejected.reason())
          : new IllegalStateException(rejected.reason());
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
