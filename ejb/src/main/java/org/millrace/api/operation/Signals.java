package org.millrace.api.operation;

import java.util.Map;

/** BPMN signals from outside. */
public interface Signals {

  /**
   * Sends a signal to all instances that wait for it, and to the processes that it starts. Each has
   * it in a transaction of its own, soon after this one has committed; one that is the only one has
   * it in this. Role: operator.
   *
   * @param signal the BPMN signal name
   * @param variables merged into each instance
   * @throws Refusal INVALID if the name is too long or no text, or an expression behind the only
   *     wait cannot be evaluated with it
   */
  void send(String signal, Map<String, Object> variables);
}
