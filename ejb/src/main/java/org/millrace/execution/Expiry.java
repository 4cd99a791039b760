package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what has had its time. Each call does a bounded piece of it in the transaction of its
 * caller, and locks nothing that work would wait for: what has ended is nobody's any more.
 */
@Singleton
public class Expiry {

  /** As the contract has it. */
  static final Duration REQUESTS = Duration.ofDays(7);

  private static final int INSTANCES = 50;
  private static final int STEPS = 2_000;
  private static final int REQUESTS_AT_ONCE = 1_000;

  /** For what cannot be deleted yet. */
  private static final Duration LATER = Duration.ofHours(1);

  private final ExpiryStore store;
  private final RequestStore requests;
  private final Clock clock;

  @Inject
  public Expiry(ExpiryStore store, RequestStore requests, Clock clock) {
    this.store = store;
    this.requests = requests;
    this.clock = clock;
  }

  /**
   * Deletes some instances.
   *
   * @param archive is given each before it is deleted; where it fails, nothing is
   * @return whether there may be more
   */
  public boolean deleteInstances(Consumer<List<Instance>> archive) {
    Instant now = clock.instant();
    List<Instance> expired = store.expired(now, INSTANCES, STEPS);
    if (expired.isEmpty()) {
      return false;
    }
    List<Instance> free = new ArrayList<>();
    List<String> waiting = new ArrayList<>();
    for (Instance instance : expired) {
      if (store.hasRunningCalled(instance.id())) {
        waiting.add(instance.id());
      } else {
        free.add(instance);
      }
    }
    store.postpone(waiting, now.plus(LATER));
    archive.accept(free);
    store.delete(free.stream().map(Instance::id).toList(), now);
    return true;
  }

  /** Forgets some requests; returns whether there may be more. */
  public boolean forgetRequests() {
    Instant before = clock.instant().minus(REQUESTS);
    return requests.forgetBefore(before, REQUESTS_AT_ONCE) == REQUESTS_AT_ONCE;
  }

  /** When there is something to be deleted again; null if nothing is there that ever will be. */
  public @Nullable Instant next() {
    Instant instance = store.nextExpiry();
    Instant request = store.oldestRequest();
    Instant forgotten = request == null ? null : request.plus(REQUESTS);
    if (instance == null || forgotten == null) {
      return instance == null ? forgotten : instance;
    }
    return instance.isBefore(forgotten) ? instance : forgotten;
  }
}
