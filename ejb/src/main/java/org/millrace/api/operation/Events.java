package org.millrace.api.operation;

/** BPMN messages from outside. */
public interface Events {

  /**
   * Delivers a message: to the oldest wait that fits, else to a process that it starts, else it is
   * kept for its time to live. Role: operator.
   *
   * @throws Refusal INVALID if a key is too long or no text, or an expression behind the wait
   *     cannot be evaluated with it
   */
  EventResult send(EventRequest request);
}
