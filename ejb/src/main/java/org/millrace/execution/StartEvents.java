package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.Problem;
import org.millrace.execution.SignalStore.SignalStart;
import org.millrace.execution.StartTimerStore.StartTimer;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.SignalDefinition;
import org.millrace.kernel.element.TimerDefinition;
import org.millrace.kernel.graph.Entries;
import org.millrace.kernel.graph.Entries.Entry;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.time.Recurrence.Schedule;

/** What starts processes from outside: of each process that which its newest version names. */
@Singleton
public class StartEvents {

  private final DefinitionStore definitions;
  private final SignalStore signals;
  private final StartTimers timers;
  private final Engine engine;

  @Inject
  public StartEvents(
      DefinitionStore definitions, SignalStore signals, StartTimers timers, Engine engine) {
    this.definitions = definitions;
    this.signals = signals;
    this.timers = timers;
    this.engine = engine;
  }

  /** What starts one version of a process; messages by their names. */
  record Starting(
      String process,
      Map<String, String> byMessage,
      List<SignalStart> bySignal,
      List<StartTimer> byTimer) {}

  /**
   * Reads what starts this version.
   *
   * @throws DeploymentRefused if a name or a time cannot be evaluated: there are no variables yet
   */
  Starting read(ProcessGraph graph, int version) {
    Map<String, String> byMessage = new LinkedHashMap<>();
    List<SignalStart> bySignal = new ArrayList<>();
    List<StartTimer> byTimer = new ArrayList<>();
    Instant now = engine.now();
    for (Entry entry : new Entries(graph).byEvent()) {
      Node node = entry.element().node();
      String element = node.id();
      EventDefinition definition = entry.definition();
      if (definition instanceof EventDefinition.Message message) {
        byMessage.put(text(node, message.name(), now), element);
      } else if (definition instanceof SignalDefinition signal) {
        bySignal.add(new SignalStart(text(node, signal.name(), now), graph.id(), element));
      } else if (definition instanceof TimerDefinition timer) {
        String text = text(node, timer.value(), now);
        Schedule first = first(node, timer, text, now);
        byTimer.add(
            new StartTimer(
                graph.id(), element, entry.part(), version, text, first.due(), first.repeats()));
      }
    }
    return new Starting(graph.id(), byMessage, bySignal, byTimer);
  }

  /** Listens for what starts this version, and no longer for what started the one before. */
  void listen(Starting starting) {
    definitions.listenForStarts(starting.process(), starting.byMessage());
    signals.listenForStarts(starting.process(), starting.bySignal());
    timers.replace(starting.process(), starting.byTimer());
  }

  private static String text(Node node, Expression expression, Instant now) {
    try {
      Object value = expression.evaluate(Map.of(), now);
      if (value == null) {
        throw refused(node, "what starts it is null: there are no variables yet");
      }
      return value.toString().strip();
    } catch (EvaluationException e) {
      throw refused(node, e.getMessage());
    }
  }

  private static Schedule first(Node node, TimerDefinition timer, String text, Instant now) {
    try {
      return timer.schedule(text, now);
    } catch (EvaluationException e) {
      throw refused(node, e.getMessage());
    }
  }

  private static DeploymentRefused refused(Node node, @Nullable String reason) {
    String name = node.name() == null || node.name().isBlank() ? "" : " \"" + node.name() + "\"";
    return new DeploymentRefused(
        List.of(new Problem(node.id(), 0, node.type() + name + ": " + reason)));
  }
}
