package org.millrace.execution;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds waits from outside, and keeps messages that came before their wait. */
public interface WaitStore {

  /** A wait's address. */
  record WaitRef(String instanceId, int waitId, @Nullable Instant due) {}

  /**
   * Whom a message is for. Each criterion that is not null must match; the correlation key of a
   * wait that names none is its instance's business key.
   */
  record Addressed(
      String message,
      @Nullable String instanceId,
      @Nullable String businessKey,
      @Nullable String correlationKey) {}

  /** Waits for a message, oldest first, at most ten. */
  List<WaitRef> waitingFor(Addressed message);

  /**
   * Looks up who waits for the messages of a group, see {@link InstanceStore#together}: so that not
   * every message costs a query of its own.
   *
   * @return the ids of the instances that they will reach, as far as can be seen; with these
   *     locked, {@link #waitingFor} mostly knows without a query
   */
  Set<String> expect(List<Addressed> messages);

  /** A message that nobody waited for yet. */
  record KeptEvent(
      String id,
      String message,
      @Nullable String instanceId,
      @Nullable String businessKey,
      @Nullable String correlationKey,
      String variables,
      Instant at,
      Instant expiresAt) {}

  void keep(KeptEvent event);

  /** Reads a kept message; nobody else delivers it before this transaction ends. */
  @Nullable KeptEvent lockKept(String id);

  /** Likewise the oldest that was sent to this address and has not expired. */
  @Nullable KeptEvent lockOldest(Addressed address, Instant now);

  /**
   * Takes the oldest kept message that fits a wait and has not expired: reads and removes it.
   *
   * @param correlationKey the wait's key, or its instance's business key where it names none
   */
  @Nullable KeptEvent take(
      String message,
      String instanceId,
      @Nullable String businessKey,
      @Nullable String correlationKey,
      Instant now);

  /** Removes a kept message; false if it was gone. */
  boolean drop(String id);

  /** Removes what expired before this time. */
  void dropExpired(Instant now);

  /**
   * Notes that far timers fall into this bucket of time.
   *
   * @return whether it is the first to do so; then the caller sees to it that it is woken
   */
  boolean openBucket(long bucket);

  /** Forgets a bucket: it can be opened again. */
  void closeBucket(long bucket);

  /**
   * Timers in the order in which they are due.
   *
   * @param from when they are due, at the earliest
   * @param to before which they are due
   * @param after the one behind which to go on; null to begin
   */
  List<WaitRef> timers(Instant from, Instant to, @Nullable WaitRef after, int atMost);
}
