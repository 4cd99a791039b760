package org.millrace.kernel.effect;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.graph.Binding;
import org.millrace.kernel.state.Wait;

/** Something to be done outside, in the transaction that stores the new state. */
public sealed interface Effect {

  /**
   * Put work on its stage's queue.
   *
   * @param delay how long it stays invisible there
   * @param priority 0 to 9
   * @param variables what the activity sees
   */
  record SendWork(Wait work, Duration delay, int priority, Map<String, Object> variables)
      implements Effect {}

  /**
   * Start another process's instance, unless it has been started: the wait and its attempt say
   * which one it is.
   *
   * @param variables what it begins with
   */
  record StartCalled(
      Wait call,
      Callee callee,
      @Nullable String businessKey,
      int priority,
      Map<String, Object> variables)
      implements Effect {}

  /**
   * What is called.
   *
   * @param version the number or the tag, where the binding asks for one
   */
  record Callee(String process, Binding binding, @Nullable String version) {}

  /**
   * Tell the instance's caller, if it has one, of an escalation that nobody caught.
   *
   * @param variables the instance's own
   */
  record EscalateToCaller(String code, Map<String, Object> variables) implements Effect {}

  /** Cancel the instance that a wait has called. */
  record CancelCalled(int waitId, int attempt) implements Effect {}

  /** See to it that the timer is looked at when it is due. */
  record ScheduleTimer(int waitId, Instant due) implements Effect {}

  /**
   * Tell a listener of another engine what has happened.
   *
   * @param at the id of the element, of the flow or of the process
   * @param variables what is seen there
   */
  record TellListener(String listener, String event, String at, Map<String, Object> variables)
      implements Effect {}

  /** Bring a signal to all other instances that wait for it, and to the processes it starts. */
  record ThrowSignal(String signal, Map<String, Object> variables) implements Effect {}
}
