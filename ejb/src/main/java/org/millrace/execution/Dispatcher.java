package org.millrace.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.millrace.execution.ReplyStore.ReplyTo;
import org.millrace.kernel.effect.Effect;

/** Sends messages on, inside the caller's transaction: all go out when it commits, or none. */
public interface Dispatcher {

  /** Puts work on its stage's queue. */
  void work(Instance instance, Effect.SendWork work);

  /** Work is no longer awaited. Its message may lie there still: who takes it finds that out. */
  void withdrawn(String instanceId, int waitId);

  /** Tells those who listen what has happened; nothing is kept for nobody. */
  void listener(Instance instance, Effect.TellListener telling);

  /** Has the engine look at a timer when it is due. */
  void timer(String instanceId, int waitId, Instant due);

  /** Has the engine look at a timer that starts a process when it is due. */
  void start(StartTimerStore.StartTimer timer);

  /** Throws a signal to all but the instance that throws it. */
  void signal(String signal, Map<String, Object> variables, String thrownBy);

  /** Has a signal brought to waits of one instance. */
  void signalWaits(String instanceId, List<Integer> waitIds, Map<String, Object> variables);

  /** Has a process started by a signal. */
  void signalStart(String process, String element, Map<String, Object> variables);

  /** Has the engine look into a bucket of far timers at this time. */
  void bucket(long bucket, Instant at);

  /** Has the engine go on with a bucket's timers behind this one, at once. */
  void restOfBucket(long bucket, WaitStore.WaitRef after);

  /** Has the engine look at a kept message again. */
  void kept(String eventId, Duration delay);

  /**
   * Waits until the database shows what messages tell already: a transaction's messages go out a
   * moment before its rows can be seen. Whoever is waited for needs no more locks.
   *
   * @return whether there was anything to wait for, and so may be more to be seen
   */
  boolean settle();

  /**
   * Likewise, and until the recovery has settled what a crash of this server or of the database has
   * left in doubt. That lasts half a minute, so it is for what would be lost otherwise.
   */
  boolean settleAll();

  /** Notes that the transaction under way deploys something. */
  void deploying();

  /** Likewise for deployments that are being committed: whoever comes after one finds it. */
  void settleDeployments();

  /** Answers a request. */
  void reply(ReplyTo to, Map<String, Object> properties, Object body);
}
