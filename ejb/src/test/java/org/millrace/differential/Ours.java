package org.millrace.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.definition.BpmnReader;
import org.millrace.execution.CalledInstances;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Kernel;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Wait;

/** Our kernel, and as much of a shell as lets instances call each other. */
final class Ours implements Player {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final String FIRST = "instance";

  private record Message(String to, Command command) {}

  /** Who called an instance, and by what. */
  private record Call(String caller, int waitId, int attempt) {}

  private final Map<String, ProcessGraph> graphs = new LinkedHashMap<>();
  private final Map<String, ProcessGraph> running = new LinkedHashMap<>();
  private final Map<String, InstanceState> states = new LinkedHashMap<>();
  private final Map<String, Call> calls = new LinkedHashMap<>();
  private final Deque<Message> sent = new ArrayDeque<>();

  Ours(String xml, Map<String, Object> variables) {
    for (ProcessGraph graph : BpmnReader.read(xml.getBytes(UTF_8))) {
      graphs.put(graph.id(), graph);
    }
    start(FIRST, "process", "key", variables);
    deliver();
  }

  private void start(String id, String process, String key, Map<String, Object> variables) {
    if (!graphs.containsKey(process)) {
      throw new AssertionError("no process " + process);
    }
    running.put(id, graphs.get(process));
    states.put(id, InstanceState.initial(id));
    decide(id, new Command.Start(null, key, 4, variables));
  }

  private void decide(String id, Command command) {
    Decision decision = Kernel.decide(running.get(id), states.get(id), command, NOW);
    if (!(decision instanceof Decision.Accepted accepted)) {
      throw new AssertionError(command + " was not accepted: " + decision);
    }
    states.put(id, accepted.state());
    if (!accepted.state().incidents().isEmpty()) {
      throw new AssertionError("incidents after " + command + ": " + accepted.state().incidents());
    }
    accepted.effects().forEach(effect -> carryOut(id, effect));
    Call call = calls.get(id);
    if (accepted.state().status().ended() && call != null) {
      InstanceState state = accepted.state();
      sent.add(
          new Message(
              call.caller(),
              new Command.CalledEnded(
                  call.waitId(),
                  call.attempt(),
                  state.status(),
                  state.reason(),
                  state.variables(),
                  state.message())));
    }
  }

  private void carryOut(String id, Effect effect) {
    if (effect instanceof Effect.StartCalled start) {
      Wait wait = start.call();
      String called = CalledInstances.id(id, wait.id(), wait.attempt());
      calls.put(called, new Call(id, wait.id(), wait.attempt()));
      start(called, start.callee().process(), start.businessKey(), start.variables());
    } else if (effect instanceof Effect.CancelCalled cancel) {
      calls.remove(CalledInstances.id(id, cancel.waitId(), cancel.attempt()));
      sent.add(
          new Message(
              CalledInstances.id(id, cancel.waitId(), cancel.attempt()), new Command.Cancel()));
    } else if (effect instanceof Effect.EscalateToCaller escalation && calls.containsKey(id)) {
      Call call = calls.get(id);
      sent.add(
          new Message(
              call.caller(),
              new Command.CalledEscalated(
                  call.waitId(), call.attempt(), escalation.code(), escalation.variables())));
    } else if (effect instanceof Effect.ThrowSignal signal) {
      signal(id, signal);
    }
  }

  private void signal(String thrower, Effect.ThrowSignal signal) {
    states.forEach(
        (id, state) -> {
          List<Integer> waits =
              state.waits().stream()
                  .filter(wait -> wait.kind() == Wait.Kind.SIGNAL)
                  .filter(wait -> signal.signal().equals(wait.name()))
                  .map(Wait::id)
                  .toList();
          if (!id.equals(thrower) && !waits.isEmpty()) {
            sent.add(new Message(id, new Command.Signal(waits, signal.variables())));
          }
        });
  }

  private void deliver() {
    while (!sent.isEmpty()) {
      Message message = sent.remove();
      if (!states.get(message.to()).status().ended()) {
        decide(message.to(), message.command());
      }
    }
  }

  @Override
  public List<String> waits() {
    List<String> waits = new ArrayList<>();
    for (InstanceState state : states.values()) {
      state.waits().stream()
          .filter(wait -> wait.kind() != Wait.Kind.CALL)
          .forEach(wait -> waits.add(wait.element()));
    }
    return waits.stream().sorted().toList();
  }

  @Override
  public List<String> answerable(List<String> waits) {
    return waits;
  }

  @Override
  public void set(Map<String, Object> variables) {
    decide(FIRST, new Command.SetVariables(variables));
    deliver();
  }

  @Override
  public boolean hasEnded() {
    return states.get(FIRST).status().ended();
  }

  boolean hasFailed() {
    return states.get(FIRST).status() == Status.FAILED;
  }

  @Override
  public void answer(String activity, Map<String, Object> variables) {
    for (Map.Entry<String, InstanceState> one : states.entrySet()) {
      for (Wait wait : one.getValue().waits()) {
        if (wait.element().equals(activity)) {
          decide(one.getKey(), answer(wait, variables));
          deliver();
          return;
        }
      }
    }
    throw new AssertionError("nothing waits at " + activity);
  }

  private static Command answer(Wait wait, Map<String, Object> variables) {
    return switch (wait.kind()) {
      case WORK, TASK -> new Command.Complete(wait.id(), wait.attempt(), variables);
      case TIMER -> new Command.Fire(wait.id(), true);
      default -> new Command.Deliver(wait.id(), variables);
    };
  }

  @Override
  public void error(String activity, String code) {
    for (Map.Entry<String, InstanceState> one : states.entrySet()) {
      for (Wait wait : one.getValue().waits()) {
        if (wait.element().equals(activity)) {
          decide(
              one.getKey(),
              new Command.ThrowError(wait.id(), wait.attempt(), code, null, Map.of()));
          deliver();
          return;
        }
      }
    }
  }

  @Override
  public void close() {}
}
