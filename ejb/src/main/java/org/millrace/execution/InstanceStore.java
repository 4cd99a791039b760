package org.millrace.execution;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.event.Event;

/** Instances, their history, and the rows by which waits and incidents are found. */
public interface InstanceStore {

  /** Stores a new instance with its first step. */
  void insert(Instance instance, List<Event> events, Instant at);

  /** The last committed state, without waiting for anybody. */
  @Nullable Instance read(String id);

  /** Likewise of many, in any order, without those that are not there. */
  List<Instance> readAll(Collection<String> ids);

  /** The state, locked until the transaction ends; waits for whoever has it. */
  @Nullable Instance lock(String id);

  /**
   * Does some work on many instances in one transaction: what it stores is written at its end, in
   * batches. If the work throws, nothing is written.
   *
   * @throws Overtaken if one of those {@link #assumeAll assumed} has been carried on by another
   *     transaction
   */
  void together(Runnable work);

  /** Whether this thread does so just now. */
  boolean isTogether();

  /**
   * Locks many instances for what is done {@link #together}: all in one order, so that no two who
   * do so hold each other up.
   *
   * @param ids may name instances that are not there (yet)
   * @param seen what {@link #readAll} gave of some of them before, by their ids: what has not
   *     changed since is not read twice
   */
  void lockAll(Collection<String> ids, Map<String, Instance> seen);

  /**
   * Takes many instances to be as they were stored last, without asking and without a lock, for
   * what is done {@link #together}: what is written holds only if nobody has carried them on since.
   *
   * @param left as this server stored them last
   */
  void assumeAll(Collection<Instance> left);

  /**
   * Stores the next state and appends a step to the history.
   *
   * @param events what lies between the two states
   */
  void update(Instance before, Instance after, List<Event> events, Instant at);

  /** Sets {@link Instance#replies()}. */
  void expectReplies(String id);

  /** All instances of a version that have not ended, oldest first. */
  List<Running> running(String process, int version);

  /**
   * One that has not ended.
   *
   * @param activities where it stands
   */
  record Running(String id, @Nullable String businessKey, List<String> activities) {}

  /**
   * Instances that have ended, in the order of their ids.
   *
   * @param process null for all
   * @param after the id behind which to go on; null to begin
   */
  List<Instance> ended(@Nullable String process, @Nullable String after, int atMost);

  /** All steps, oldest first; empty for an unknown instance. */
  List<Recorded> history(String id);

  /** One step of an instance's history. */
  record Recorded(long step, Instant at, List<Event> events) {}
}
