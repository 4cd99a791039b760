package org.millrace.kernel.element;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.graph.Work;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/** A BPMN element that tokens come to. Immutable; all state is in the instance. */
public sealed interface Element
    permits Activity,
        BoundaryEvent,
        CatchEvent,
        EventBasedGateway,
        ExclusiveGateway,
        Join,
        ParallelGateway,
        StartEvent,
        ThrowEvent {

  EventDefinition NOTHING = new EventDefinition.None();

  Node node();

  default String id() {
    return node().id();
  }

  /** A token has come to this element. */
  void enter(Step step, Token token);

  /** A token has come, and what this element would wait for has happened already. */
  default void happened(Step step, Token token) {
    throw new IllegalStateException(id() + " waits for nothing");
  }

  /** A wait of this element has its answer. */
  default void answered(Step step, Wait wait, Map<String, Object> variables) {
    throw new IllegalStateException(id() + " waits for nothing");
  }

  /** The scope that this element opened has no token left in it. */
  default void emptied(Step step, Scope scope) {
    throw new IllegalStateException(id() + " contains nothing");
  }

  /** How variables come in and out; gateways have none. */
  default Mappings mappings() {
    return Mappings.NONE;
  }

  /** What it is about, if it is an event; else nothing. */
  default EventDefinition definition() {
    return NOTHING;
  }

  /** The work that this element puts on a stage, null if it puts none. */
  default @Nullable Work work() {
    return null;
  }
}
