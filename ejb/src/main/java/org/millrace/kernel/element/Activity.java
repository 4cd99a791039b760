package org.millrace.kernel.element;

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

  Mappings mappings();
}
