package org.millrace.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.SubProcess;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.Compensation;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/** What can be compensated, and the doing of it. BPMN 2.0 section 13.5.5. */
record Compensations(Step step) {

  /**
   * Remembers a completed activity, if it or anything in it can be compensated. A handler beside a
   * sub-process does not stand for those in it: all are called, as other engines have it.
   */
  void keep(Scope scope, Token token, Activity activity) {
    if (step.graph().isCompensationHandler(activity.id())) {
      return;
    }
    String handler = step.graph().compensationHandler(activity.id());
    boolean isBeside = handler != null && within(handler) == null;
    if (isBeside) {
      keep(token, activity, handler, ofRun(scope, token, activity), List.of());
    }
    if ((handler != null && !isBeside) || !scope.compensations().isEmpty()) {
      String own = isBeside ? null : handler;
      keep(token, activity, own, scope.variables(), scope.compensations());
    }
  }

  /** Which of several runs it was, and what for: that its handler sees again. */
  private static Map<String, Object> ofRun(Scope scope, Token token, Activity activity) {
    Map<String, Object> own = new LinkedHashMap<>();
    if (token.run() != 0 && activity.loop() != null) {
      for (String name : activity.loop().names()) {
        own.put(name, scope.variables().get(name));
      }
    }
    return own;
  }

  /** Keeps in a scope what was kept in one within it. */
  void keepAll(int scope, List<Compensation> inner) {
    for (Compensation one : inner) {
      step.emit(
          new Event.CompensationKept(
              scope,
              new Compensation(
                  step.nextId(), one.activity(), one.handler(), one.variables(), one.inner())));
    }
  }

  /** The handler as an event sub-process in what it compensates, null if it lies beside that. */
  private @Nullable SubProcess within(String handler) {
    return step.graph().element(handler) instanceof SubProcess own && own.triggeredByEvent()
        ? own
        : null;
  }

  private void keep(
      Token token,
      Activity activity,
      @Nullable String handler,
      Map<String, Object> variables,
      List<Compensation> inner) {
    step.emit(
        new Event.CompensationKept(
            token.scope(),
            new Compensation(step.nextId(), activity.id(), handler, variables, inner)));
  }

  /**
   * Compensates around a token.
   *
   * @param aside whether another token holds the scope for it meanwhile, not this one
   * @return whether there is anything to compensate
   */
  boolean run(Token token, @Nullable String activity, boolean aside) {
    List<Compensation> all = new ArrayList<>();
    Scope around = step.state().scope(token.scope());
    all.addAll(takeFrom(around, activity));
    // Thrown in an event sub-process it means what completed around that.
    while (step.scopes().isEventSubProcess(around)) {
      around = step.state().scope(around.parent());
      all.addAll(0, takeFrom(around, activity));
    }
    if (!all.isEmpty()) {
      Token holder = aside ? step.create(token.scope(), token.element()) : token;
      start(step.scopes().open(holder), all);
    }
    return !all.isEmpty();
  }

  private List<Compensation> takeFrom(Scope scope, @Nullable String activity) {
    List<Compensation> some =
        scope.compensations().stream()
            .filter(one -> activity == null || one.activity().equals(activity))
            .toList();
    if (!some.isEmpty()) {
      step.emit(
          new Event.CompensationTaken(scope.id(), some.stream().map(Compensation::id).toList()));
    }
    return some;
  }

  /** Begins the handlers in a scope, newest activity first; they run side by side from there. */
  void start(Scope scope, List<Compensation> completed) {
    List<Compensation> newestFirst = new ArrayList<>(completed);
    Collections.reverse(newestFirst);
    for (Compensation one : newestFirst) {
      String handler = one.handler();
      SubProcess own = handler == null ? null : within(handler);
      if (own != null) {
        startWithin(reopen(scope, one), own, one.inner());
      } else if (handler != null) {
        step.enter(step.create(scope.id(), handler, one.variables()));
      } else {
        start(reopen(scope, one), one.inner());
      }
    }
  }

  private Scope reopen(Scope scope, Compensation completed) {
    return step.scopes().open(step.create(scope.id(), completed.activity()), completed.variables());
  }

  /** What completed within is not compensated, unless the event sub-process throws it on. */
  private void startWithin(Scope reopened, SubProcess handler, List<Compensation> inner) {
    keepAll(reopened.id(), inner);
    StartEvent start = step.graph().starts(handler.id()).get(0);
    handler.begin(step, step.create(reopened.id(), handler.id()), start, Map.of());
  }
}
