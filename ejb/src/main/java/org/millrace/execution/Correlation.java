package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.EventRequest;
import org.millrace.api.operation.EventResult;
import org.millrace.api.operation.Refusal;
import org.millrace.execution.WaitStore.Addressed;
import org.millrace.execution.WaitStore.KeptEvent;
import org.millrace.execution.WaitStore.WaitRef;
import org.millrace.json.Json;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Decision.Accepted;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;

/** Brings a message to the one instance that waits for it, starts one with it, or keeps it. */
@Singleton
public class Correlation {

  /**
   * When a kept message is looked at again for the first time: a wait that was being committed
   * while it was kept could not be seen then, nor could it see the message. After that it is looked
   * at each time that it has become twice as old: so it misses no wait that took longer to commit,
   * one that a crash has left in doubt, for example, and costs little.
   */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

  private final Engine engine;
  private final Starts starts;
  private final WaitStore waits;
  private final Dispatcher dispatcher;

  @Inject
  public Correlation(Engine engine, Starts starts, WaitStore waits, Dispatcher dispatcher) {
    this.engine = engine;
    this.starts = starts;
    this.waits = waits;
    this.dispatcher = dispatcher;
  }

  boolean isAwaited(Addressed message) {
    return !waits.waitingFor(message).isEmpty();
  }

  /** Looks up and locks the instances that many messages concern, all at once. */
  void expect(List<Addressed> messages) {
    Set<String> found = waits.expect(messages);
    // Whatever their senders may have been told of is to be seen; so none has to wait for itself.
    if (found.size() < messages.size() && dispatcher.settleAll()) {
      found = waits.expect(messages);
    }
    engine.lockAll(found);
  }

  private static Addressed addressed(EventRequest event) {
    return new Addressed(
        event.message(), event.instanceId(), event.businessKey(), event.correlationKey());
  }

  /**
   * Delivers a message: to the oldest wait that fits, else to a process that it starts, else it is
   * kept for its time to live.
   *
   * @throws Refusal INVALID if an expression behind the wait cannot be evaluated with it
   */
  EventResult deliver(EventRequest event) {
    deliverOlder(event);
    String reached = deliverToWait(event);
    if (reached == null && !engine.isTogether() && dispatcher.settleAll()) {
      reached = deliverToWait(event);
    }
    if (reached != null) {
      return new EventResult("delivered", reached);
    }
    String started = event.instanceId() == null ? starts.startBy(event) : null;
    if (started != null) {
      return new EventResult("started", started);
    }
    if (event.timeToLive() > 0) {
      keep(event, engine.now());
      return new EventResult("kept", null);
    }
    return new EventResult("unmatched", null);
  }

  /**
   * What was sent to the same address before, and was kept while the wait was being committed, so
   * that neither could see the other, goes first.
   */
  private void deliverOlder(EventRequest event) {
    KeptEvent older = waits.lockOldest(addressed(event), engine.now());
    while (older != null && isDelivered(older)) {
      older = waits.lockOldest(addressed(event), engine.now());
    }
  }

  /** An expression that fails with it is no fault of the one behind it. */
  private boolean isDelivered(KeptEvent kept) {
    try {
      return deliver(kept);
    } catch (Refusal refusal) {
      return false;
    }
  }

  private boolean deliver(KeptEvent kept) {
    EventRequest event =
        new EventRequest(
            kept.message(),
            kept.businessKey(),
            kept.instanceId(),
            kept.correlationKey(),
            null,
            0,
            Json.readObject(kept.variables()));
    return deliverToWait(event) != null && waits.drop(kept.id());
  }

  private @Nullable String deliverToWait(EventRequest event) {
    for (WaitRef wait : waits.waitingFor(addressed(event))) {
      Decision decision =
          engine.execute(wait.instanceId(), new Command.Deliver(wait.waitId(), event.variables()));
      if (decision instanceof Accepted) {
        return wait.instanceId();
      }
      Rejected rejected = (Rejected) decision;
      if (rejected.kind() == Kind.FAILED) {
        throw new Refusal(Refusal.Kind.INVALID, rejected.reason());
      }
      // Answered meanwhile, so the next one. Its instance is then a second one locked, and out of
      // order: if that should ever close a circle, the database ends it, and the message comes
      // again.
    }
    return null;
  }

  private void keep(EventRequest event, Instant now) {
    KeptEvent kept =
        new KeptEvent(
            UUID.randomUUID().toString(),
            event.message(),
            event.instanceId(),
            event.businessKey(),
            event.correlationKey(),
            Json.write(event.variables()),
            now,
            now.plusMillis(Math.min(event.timeToLive(), Duration.ofDays(3650).toMillis())));
    waits.keep(kept);
    dispatcher.kept(kept.id(), FIRST_LOOK);
  }

  /** Whether a message is kept, as far as can be seen; who delivers it just now is waited for. */
  public boolean isKept(String eventId) {
    return waits.lockKept(eventId) != null;
  }

  /** Looks at a kept message again: does anyone wait for it now? */
  public void lookAgain(String eventId) {
    KeptEvent kept = waits.lockKept(eventId);
    // Where many are kept in one transaction, the look may be due before the database has committed
    // that. What cannot be seen once all have is nobody's any more.
    if (kept == null && dispatcher.settleAll()) {
      kept = waits.lockKept(eventId);
    }
    if (kept == null) {
      return;
    }
    if (engine.now().isBefore(kept.expiresAt()) && !deliver(kept)) {
      dispatcher.kept(eventId, untilNextLook(kept));
    }
    waits.dropExpired(engine.now());
  }

  /** It is dropped when it expires; so that is the last time at which it is looked at. */
  private Duration untilNextLook(KeptEvent kept) {
    Duration age = Duration.between(kept.at(), engine.now()).abs(); // The clock may go back.
    Duration left = Duration.between(engine.now(), kept.expiresAt());
    Duration next = age.compareTo(FIRST_LOOK) < 0 ? FIRST_LOOK : age;
    return next.compareTo(left) < 0 ? next : left;
  }
}
