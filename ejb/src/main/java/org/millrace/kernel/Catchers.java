package org.millrace.kernel;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.ThrowEvent;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/**
 * What catches that which is thrown inside the process and goes outwards: errors and escalations.
 * In each scope a boundary event on the activity goes before an event sub-process around it, and
 * one that names what it catches before one that catches all. BPMN 2.0 sections 10.5.6 and 10.5.7.
 */
record Catchers(Step step) {

  /**
   * Where it is caught, if anywhere.
   *
   * @param definition that of the catching event which catches it; null if nothing does
   * @param boundary the event on the border of an activity, else null
   * @param start the start of the event sub-process, else null
   * @param thrower the outermost token that it went through: the one with the boundary, or the one
   *     beside the event sub-process
   * @param passed the tokens that it went through, the innermost first
   */
  record Caught(
      @Nullable EventDefinition definition,
      @Nullable BoundaryEvent boundary,
      @Nullable StartEvent start,
      Token thrower,
      List<Integer> passed) {

    private Mappings mappings() {
      if (boundary != null) {
        return boundary.mappings();
      }
      return start == null ? Mappings.NONE : start.mappings();
    }

    boolean interrupts() {
      return (boundary != null && boundary.interrupting())
          || (start != null && start.interrupting());
    }
  }

  /** Whether what is thrown comes from an event that throws, not from work that ends with it. */
  boolean isThrowEvent(Token from) {
    return step.graph().element(from.element()) instanceof ThrowEvent
        && step.scopes().heldBy(from) == null;
  }

  /** Goes outwards from a token. */
  Caught find(Token from, Predicate<EventDefinition> catches) {
    List<Integer> passed = new ArrayList<>();
    Token thrower = from;
    while (true) {
      passed.add(thrower.id());
      BoundaryEvent boundary = boundary(thrower, catches);
      Scope around = step.state().scope(thrower.scope());
      StartEvent start = boundary == null ? start(thrower, around, catches) : null;
      if (boundary != null) {
        return new Caught(part(boundary, catches), boundary, null, thrower, passed);
      } else if (start != null) {
        return new Caught(part(start, catches), null, start, thrower, passed);
      } else if (around.id() == Scope.ROOT) {
        return new Caught(null, null, null, thrower, passed);
      }
      thrower = step.state().token(around.token());
    }
  }

  /**
   * Has it caught: the catching event begins; one that interrupts ends what it interrupts.
   *
   * @param told what it says of itself, in variables
   * @param failed the tokens whose activities failed by it
   */
  void catchIt(Caught caught, Map<String, Object> told, List<Integer> failed) {
    Token thrower = caught.thrower();
    Map<String, Object> brought = step.data().bring(thrower.scope(), caught.mappings(), true, told);
    if (caught.boundary() != null) {
      if (caught.interrupts()) {
        step.scopes().cancel(thrower, failed);
      }
      step.enter(step.create(thrower.scope(), caught.boundary().id(), brought));
    } else if (caught.start() != null) {
      Scope around = step.state().scope(thrower.scope());
      step.scopes().beginEventSubProcess(around, caught.start(), brought, failed);
    }
  }

  /**
   * Nothing is caught on a sub-process that has completed and is being compensated, nor on one of
   * several runs, but on all of them.
   */
  private @Nullable BoundaryEvent boundary(Token thrower, Predicate<EventDefinition> catches) {
    if (thrower.run() != 0) {
      return null;
    }
    Scope held = step.scopes().heldBy(thrower);
    if (held != null && step.scopes().isReopened(held)) {
      return null;
    }
    return step.graph().boundaries(thrower.element()).stream()
        .filter(boundary -> boundary.definition().parts().stream().anyMatch(catches))
        .findFirst()
        .orElse(null);
  }

  /** An event sub-process catches what is thrown beside it, not what it throws itself. */
  private @Nullable StartEvent start(
      Token thrower, Scope around, Predicate<EventDefinition> catches) {
    if (around.runs() != null || step.scopes().isReopened(around)) {
      return null;
    }
    return step.graph().eventSubProcesses(step.scopes().container(around)).stream()
        .filter(subProcess -> !subProcess.id().equals(thrower.element()))
        .flatMap(subProcess -> step.graph().starts(subProcess.id()).stream())
        .filter(start -> start.definition().parts().stream().anyMatch(catches))
        .min(comparing(start -> start.definition().catchesAll()))
        .orElse(null);
  }

  private static EventDefinition part(Element event, Predicate<EventDefinition> catches) {
    return event.definition().parts().stream().filter(catches).findFirst().orElseThrow();
  }
}
