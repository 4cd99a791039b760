package org.millrace.kernel;

import java.util.List;
import java.util.Map;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Wait;

/** A command that names elements rather than ids; it becomes one when the state is known. */
interface Action {

  Command on(InstanceState state);

  static Action start() {
    return start(Map.of());
  }

  static Action start(Map<String, Object> variables) {
    return state -> new Command.Start(null, "key-1", 4, variables);
  }

  static Action startAt(String event) {
    return startAt(event, Map.of());
  }

  static Action startAt(String event, Map<String, Object> variables) {
    return state -> new Command.Start(event, "key-1", 4, variables);
  }

  /** Begins with a message. */
  static Action startBy(String event, String message) {
    return state -> new Command.Start(event, "key-1", 4, Map.of(), message);
  }

  static Action complete(String element) {
    return complete(element, Map.of());
  }

  static Action complete(String element, Map<String, Object> variables) {
    return state -> {
      Wait wait = open(state, element);
      return new Command.Complete(wait.id(), wait.attempt(), variables);
    };
  }

  static Action error(String element, String code) {
    return error(element, code, Map.of());
  }

  static Action error(String element, String code, Map<String, Object> variables) {
    return state -> {
      Wait wait = open(state, element);
      return new Command.ThrowError(wait.id(), wait.attempt(), code, null, variables);
    };
  }

  static Action fail(String element) {
    return fail(element, true);
  }

  static Action fail(String element, boolean retry) {
    return state -> {
      Wait wait = open(state, element);
      return new Command.Fail(wait.id(), wait.attempt(), "broken", "trace", retry);
    };
  }

  static Action deliver(String element) {
    return deliver(element, Map.of());
  }

  static Action deliver(String element, Map<String, Object> variables) {
    return state -> new Command.Deliver(open(state, element).id(), variables);
  }

  /** The signal for all waits of that name. */
  static Action signal(String name, Map<String, Object> variables) {
    return state ->
        new Command.Signal(
            state.waits().stream().filter(wait -> name.equals(wait.name())).map(Wait::id).toList(),
            variables);
  }

  static Action escalate(String element, String code) {
    return escalate(element, code, Map.of());
  }

  static Action escalate(String element, String code, Map<String, Object> variables) {
    return state -> {
      Wait wait = open(state, element);
      return new Command.Escalate(wait.id(), wait.attempt(), code, variables);
    };
  }

  static Action fire(String element) {
    return state -> new Command.Fire(open(state, element).id(), false);
  }

  static Action fireEarly(String element) {
    return state -> new Command.Fire(open(state, element).id(), true);
  }

  /** The instance that an element called has ended. */
  static Action ended(String element, Map<String, Object> variables) {
    return ended(element, Status.COMPLETED, null, variables);
  }

  static Action ended(String element, Status status, String code, Map<String, Object> variables) {
    return ended(element, status, code, null, variables);
  }

  static Action ended(
      String element, Status status, String code, String message, Map<String, Object> variables) {
    return state -> {
      Wait wait = open(state, element);
      return new Command.CalledEnded(wait.id(), wait.attempt(), status, code, variables, message);
    };
  }

  static Action claim(String element, String user) {
    return state -> new Command.Claim(open(state, element).id(), user);
  }

  static Action set(Map<String, Object> variables) {
    return state -> new Command.SetVariables(variables);
  }

  static Action modify(List<String> cancel, List<String> startBefore) {
    return modify(cancel, startBefore, Map.of());
  }

  static Action modify(
      List<String> cancel, List<String> startBefore, Map<String, Object> variables) {
    return state -> new Command.Modify(cancel, startBefore, variables);
  }

  /** Retries the oldest incident. */
  static Action retry() {
    return state -> new Command.RetryIncident(state.incidents().iterator().next().id());
  }

  static Action suspend() {
    return state -> new Command.Suspend();
  }

  static Action resume() {
    return state -> new Command.Resume();
  }

  static Action cancel() {
    return state -> new Command.Cancel();
  }

  /** The oldest wait of an element. */
  static Wait open(InstanceState state, String element) {
    return state.waits().stream()
        .filter(wait -> wait.element().equals(element))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("\"%s\" waits for nothing in %s".formatted(element, state)));
  }
}
