package org.millrace.kernel;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.MultipleDefinition;
import org.millrace.kernel.element.TimerDefinition;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.graph.Work;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/** What is waited for from outside, and what is sent out so that it comes. */
public record Waits(Step step) {

  /** Waits for such an event on behalf of an element; for what is not waited for, does nothing. */
  public void await(EventDefinition definition, Scope scope, String element) {
    List<EventDefinition> parts = definition.parts();
    for (int part = 0; part < parts.size(); part++) {
      Wait wait = parts.get(part).arm(step, scope.id(), element);
      if (wait != null) {
        await(wait.inPart(part));
      }
    }
  }

  /** The event definition that an event's wait is for. */
  EventDefinition definition(Wait wait) {
    return step.graph().element(wait.element()).definition().parts().get(wait.part());
  }

  /**
   * Whether an event has come with this answer. One that several things must happen for has done so
   * with the last of them; each before that ends its wait alone.
   */
  public boolean isWhole(EventDefinition definition, Wait answered) {
    if (!(definition instanceof MultipleDefinition several) || !several.parallel()) {
      return true;
    }
    close(answered);
    return step.state().waitsOf(answered.scope()).stream()
        .noneMatch(wait -> wait.element().equals(answered.element()));
  }

  public void await(Wait wait) {
    step.emit(new Event.WaitOpened(wait));
    schedule(wait);
  }

  /** Puts an element's work on its stage. */
  public void awaitWork(Scope scope, Element element) {
    Work work = requireNonNull(element.work());
    Wait wait = Wait.work(step.nextId(), scope.id(), element.id(), work.stage(), work.attempts());
    await(wait);
    send(wait, Duration.ZERO);
  }

  /** Sends a wait's work to its stage, once more if it has been sent before. */
  void send(Wait wait, Duration delay) {
    Work work = requireNonNull(step.graph().element(wait.element()).work());
    Object given =
        work.priority() == null ? null : step.variables().evaluate(work.priority(), wait.scope());
    int priority = step.state().priority();
    if (given instanceof Number number) {
      priority = Math.max(0, Math.min(9, number.intValue()));
    }
    step.effect(new Effect.SendWork(wait, delay, priority, step.state().visibleFrom(wait.scope())));
  }

  /** Has a timer looked at when it is due; for other waits, does nothing. */
  void schedule(Wait wait) {
    if (wait.due() != null) {
      step.effect(new Effect.ScheduleTimer(wait.id(), wait.due()));
    }
  }

  /** Sends out again what may have been held back. What is out there already is a duplicate. */
  void resume(Wait wait) {
    if (wait.kind() == Wait.Kind.WORK) {
      send(wait, Duration.ZERO);
    } else if (wait.kind() == Wait.Kind.CALL) {
      step.calls().resume(wait);
    } else {
      schedule(wait);
    }
  }

  void close(Wait wait) {
    if (wait.kind() == Wait.Kind.CALL) {
      step.effect(new Effect.CancelCalled(wait.id(), wait.attempt()));
    }
    step.incidents().forget(wait);
    step.emit(new Event.WaitClosed(wait.id()));
  }

  /**
   * After a wait that interrupts nothing: a message is waited for on, by the same wait, so that
   * none is missed that is on its way to it; a cycle has its next time; what all must happen for is
   * waited for anew.
   */
  public void rearm(EventDefinition definition, Wait answered) {
    if (definition instanceof MultipleDefinition several && several.parallel()) {
      await(definition, step.state().scope(answered.scope()), answered.element());
    } else if (definition.parts().get(answered.part()) instanceof TimerDefinition timer) {
      rearm(timer, answered);
    }
  }

  private void rearm(TimerDefinition timer, Wait answered) {
    close(answered);
    Wait next = timer.rearm(step, answered);
    if (next != null) {
      await(next);
    }
  }

  /** Goes over a time of a cycle that was missed, if that is its policy; says whether it was. */
  boolean leaveOut(Wait due) {
    if (!(definition(due) instanceof TimerDefinition timer) || !timer.isLeftOut(step, due)) {
      return false;
    }
    rearm(timer, due);
    return true;
  }

  /**
   * Closes the scope of an event that has come. Where an event-based gateway waited for it, the
   * token goes on from the gateway to the event.
   */
  public Token arrive(Wait wait, String element) {
    Scope scope = step.state().scope(wait.scope());
    Token token = step.state().token(scope.token());
    step.scopes().close(scope);
    if (!token.element().equals(element)) {
      String flow =
          step.graph().element(token.element()).node().outgoing().stream()
              .filter(way -> way.target().equals(element))
              .findFirst()
              .map(Flow::id)
              .orElse(null);
      step.emit(new Event.TokenMoved(token.id(), element, flow));
    }
    return step.state().token(token.id());
  }
}
