package org.millrace.kernel;

import java.util.List;
import java.util.Map;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.state.Wait;

/** Signals: to all who wait for them at that moment. BPMN 2.0 section 10.5.7. */
record Signals(Step step) {

  /**
   * Throws a signal: the instance's own waits have it before anything else happens, all others once
   * this step is stored. One of its own may end the token that throws.
   *
   * @param local whether there are no others
   */
  void raise(String name, Map<String, Object> variables, boolean local) {
    if (!local) {
      step.effect(new Effect.ThrowSignal(name, variables));
    }
    deliver(
        step.state().waitsOf(Wait.Kind.SIGNAL).stream()
            .filter(wait -> name.equals(wait.name()))
            .map(Wait::id)
            .toList(),
        variables);
  }

  /**
   * Brings a signal to these waits, as far as they stand: one can end another.
   *
   * @return whether there was any
   */
  boolean deliver(List<Integer> waits, Map<String, Object> variables) {
    boolean delivered = false;
    for (int id : waits) {
      Wait wait = step.state().findWait(id);
      if (wait != null) {
        step.graph().element(wait.element()).answered(step, wait, variables);
        delivered = true;
      }
    }
    return delivered;
  }
}
