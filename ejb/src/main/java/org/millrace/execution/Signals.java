package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Refusal;
import org.millrace.execution.SignalStore.SignalStart;
import org.millrace.execution.WaitStore.WaitRef;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;

/**
 * Brings signals to all that wait for them at that moment, and starts what they start. Each
 * instance has it in a transaction of its own, by a message for it alone; where there is but one,
 * in this one.
 */
@Singleton
public class Signals {

  private final Engine engine;
  private final Starts starts;
  private final SignalStore store;
  private final Dispatcher dispatcher;

  @Inject
  public Signals(Engine engine, Starts starts, SignalStore store, Dispatcher dispatcher) {
    this.engine = engine;
    this.starts = starts;
    this.store = store;
    this.dispatcher = dispatcher;
  }

  /**
   * Sends a signal.
   *
   * @param thrownBy the instance that threw it and has it already; null for none
   * @throws Refusal INVALID if the only one that it is for cannot take it
   */
  public void send(String signal, Map<String, Object> variables, @Nullable String thrownBy) {
    Keys.require("signal", signal);
    dispatcher.settleAll();
    Map<String, List<Integer>> waits = new LinkedHashMap<>();
    for (WaitRef wait : store.waitingFor(signal, thrownBy)) {
      waits.computeIfAbsent(wait.instanceId(), id -> new ArrayList<>()).add(wait.waitId());
    }
    List<SignalStart> started = store.startedBy(signal);
    if (waits.size() + started.size() == 1) {
      waits.forEach((instance, ids) -> deliver(instance, ids, variables));
      started.forEach(start -> start(start.process(), start.element(), variables));
    } else {
      waits.forEach((instance, ids) -> dispatcher.signalWaits(instance, ids, variables));
      started.forEach(start -> dispatcher.signalStart(start.process(), start.element(), variables));
    }
  }

  /**
   * Brings a signal to those of these waits that still stand.
   *
   * @throws Refusal INVALID if an expression behind one of them cannot be evaluated with it
   */
  public void deliver(String instanceId, List<Integer> waitIds, Map<String, Object> variables) {
    Decision decision = engine.execute(instanceId, new Command.Signal(waitIds, variables));
    if (decision instanceof Rejected rejected && rejected.kind() != Kind.STALE) {
      throw new Refusal(Refusal.Kind.INVALID, rejected.reason());
    }
  }

  /** Starts the newest version of a process, if that still begins there. */
  public void start(String process, String element, Map<String, Object> variables) {
    starts.startNewestAt(process, element, variables);
  }
}
