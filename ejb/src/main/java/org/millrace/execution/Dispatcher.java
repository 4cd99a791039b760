package org.millrace.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.millrace.execution.ReplyStore.ReplyTo;
import org.millrace.kernel.effect.Effect;

/** Sends messages on, inside the caller's transaction: all go out when it commits, or none. */
public interface Dispatcher {

  /** Puts work on its stage's queue. */
  void work(Instance instance, Effect.SendWork work);

  /** Has the engine look at a timer when it is due. */
  void timer(String instanceId, int waitId, Instant due);

  /** Has the engine look into a bucket of far timers at this time. */
  void bucket(long bucket, Instant at);

  /** Has the engine look at a kept message again. */
  void kept(String eventId, Duration delay);

  /** Answers a request. */
  void reply(ReplyTo to, Map<String, Object> properties, Object body);
}
