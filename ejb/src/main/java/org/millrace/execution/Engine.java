package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.WaitStore.KeptEvent;
import org.millrace.json.Json;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Decision.Accepted;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.Kernel;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Wait;

/**
 * The one way in which an instance changes: lock, load, decide, store, dispatch. Joins the caller's
 * transaction, holds the lock until its end, and takes a second instance's only {@link #together}.
 * What waits for nothing else may be {@link #assumeAll assumed} instead of locked and loaded.
 */
@Singleton
public class Engine {

  private final InstanceStore instances;
  private final Graphs graphs;
  private final Effects effects;
  private final Retention retention;
  private final Clock clock;

  @Inject
  public Engine(
      InstanceStore instances, Graphs graphs, Effects effects, Retention retention, Clock clock) {
    this.instances = instances;
    this.graphs = graphs;
    this.effects = effects;
    this.retention = retention;
    this.clock = clock;
  }

  /** The time of the step being done; no finer than what databases keep. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The last committed state, without waiting for anybody; null if there is no such instance. */
  public @Nullable Instance read(String id) {
    return instances.read(id);
  }

  /** Likewise of many, by their ids, without those that are not there. */
  public Map<String, Instance> readAll(Collection<String> ids) {
    return instances.readAll(ids).stream()
        .collect(Collectors.toMap(Instance::id, Function.identity()));
  }

  /**
   * Carries out commands on many instances in one transaction: what the work stores is written
   * together at its end.
   */
  public void together(Runnable work) {
    instances.together(work);
  }

  /** Whether this thread does something {@link #together}. */
  boolean isTogether() {
    return instances.isTogether();
  }

  /** Locks many for what is done {@link #together}, in one order for all. */
  public void lockAll(Collection<String> ids) {
    lockAll(ids, Map.of());
  }

  /**
   * Likewise.
   *
   * @param seen some of them, as {@link #readAll} gave them
   */
  public void lockAll(Collection<String> ids, Map<String, Instance> seen) {
    instances.lockAll(ids, seen);
  }

  /**
   * Takes many to be as this server left them, for what is done {@link #together}: no lock is asked
   * for, and the first statement is the one that writes.
   *
   * @throws Overtaken not here but at the end of what is done together, if one of them has been
   *     carried on since
   */
  public void assumeAll(Collection<Instance> left) {
    instances.assumeAll(left);
  }

  /**
   * The instance as it is once those who are changing it have committed, locked until the
   * transaction ends: one of its own, where nothing is to be changed.
   */
  public @Nullable Instance readSettled(String id) {
    return instances.lock(id);
  }

  /** Stores an instance that begins so, and dispatches what it asks for. */
  Instance begin(Instance fresh, Accepted begun) {
    Instance after = retention.of(fresh.next(begun));
    instances.insert(after, begun.events(), begun.at());
    return follow(after, begun);
  }

  /** Notes that somebody waits for the instance's end. */
  void expectReplies(Instance instance) {
    if (!instance.replies()) {
      instances.expectReplies(instance.id());
    }
  }

  /**
   * Carries out a command.
   *
   * @return the kernel's decision; a rejection has changed nothing
   */
  public Decision execute(String instanceId, Command command) {
    Instance before = instances.lock(instanceId);
    if (before == null) {
      return new Rejected(Kind.TOO_EARLY, "there is no instance " + instanceId);
    }
    return execute(before, command);
  }

  /**
   * Carries out a command.
   *
   * @param before as {@link #readSettled} gave it in this transaction
   */
  public Decision execute(Instance before, Command command) {
    Decision decision = decide(before, command);
    if (decision instanceof Accepted accepted) {
      store(before, accepted);
    }
    return decision;
  }

  /** Decides, and changes nothing. */
  public Decision decide(Instance before, Command command) {
    int version =
        command instanceof Command.Migrate migrate ? migrate.toVersion() : before.version();
    return Kernel.decide(graphs.get(before.process(), version), before.state(), command, now());
  }

  private Instance store(Instance before, Accepted accepted) {
    Instance after = before;
    if (!accepted.events().isEmpty()) {
      after = retention.of(before.next(accepted));
      instances.update(before, after, accepted.events(), accepted.at());
      effects.withdraw(before, after);
    }
    return follow(after, accepted);
  }

  /** Dispatches; and where a message came before its wait, delivers it now. */
  private Instance follow(Instance instance, Accepted accepted) {
    effects.dispatch(instance, accepted.effects());
    Instance current = instance;
    for (Wait wait : openedForMessages(accepted)) {
      current = deliverKept(current, wait);
    }
    if (accepted.events().stream().anyMatch(Event.Ended.class::isInstance)) {
      effects.ended(instance);
    }
    return current;
  }

  /** All that fit: a wait that interrupts nothing stays open. */
  private Instance deliverKept(Instance instance, Wait wait) {
    Instance current = instance;
    boolean stands = true;
    while (stands) {
      KeptEvent kept = effects.takeKept(current, wait, now());
      Instance after = kept == null ? current : deliver(kept, current, wait);
      stands = after.step() > current.step() && after.state().findWait(wait.id()) != null;
      current = after;
    }
    return current;
  }

  private Instance deliver(KeptEvent kept, Instance instance, Wait wait) {
    Command command = new Command.Deliver(wait.id(), Json.readObject(kept.variables()));
    if (decide(instance, command) instanceof Accepted delivered) {
      return store(instance, delivered);
    }
    effects.keep(kept); // An expression behind the wait fails with it: it is not lost by that.
    return instance;
  }

  private static List<Wait> openedForMessages(Accepted accepted) {
    InstanceState state = accepted.state();
    List<Wait> opened = new ArrayList<>();
    for (Event event : accepted.events()) {
      if (event instanceof Event.WaitOpened some
          && some.opened().kind() == Wait.Kind.MESSAGE
          && state.findWait(some.opened().id()) != null) {
        opened.add(some.opened());
      }
    }
    return opened;
  }
}
