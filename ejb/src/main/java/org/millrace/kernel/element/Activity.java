package org.millrace.kernel.element;

import org.jspecify.annotations.Nullable;
import org.millrace.kernel.graph.Loop;
import org.millrace.kernel.graph.Mappings;

/** An element that does something: it can have mappings, boundary events and a compensation. */
public sealed interface Activity extends Element
    permits BusinessRuleTask,
        CallActivity,
        PassTask,
        ReceiveTask,
        ScriptTask,
        ServiceTask,
        SubProcess,
        UserTask {

  @Override
  Mappings mappings();

  /** How it is done more than once; null for once. Its own behaviour is that of one run. */
  default @Nullable Loop loop() {
    return node().loop();
  }
}
