package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * Listens for what starts this version, and no longer for what started the one before.
   *
   * @throws DeploymentRefused if a name or a time cannot be evaluated: there are no variables yet
   */
  void listen(ProcessGraph graph, int version) {
    Map<String, String> byMessage = new LinkedHashMap<>();
    List<SignalStart> bySignal = new ArrayList<>();
    List<StartTimer> byTimer = new ArrayList<>();
    Instant now = engine.now();
    for (Entry entry : new Entries(graph).byEvent()) {
      String element = entry.element().id();
      EventDefinition definition = entry.definition();
      if (definition instanceof EventDefinition.Message message) {
        byMessage.put(text(element, message.name(), now), element);
      } else if (definition instanceof SignalDefinition signal) {
        bySignal.add(new SignalStart(text(element, signal.name(), now), graph.id(), element));
      } else if (definition instanceof TimerDefinition timer) {
        String text = text(element, timer.value(), now);
        Schedule first = first(element, timer, text, now);
        byTimer.add(
            new StartTimer(
                graph.id(), element, entry.part(), version, text, first.due(), first.repeats()));
      }
    }
    definitions.listenForStarts(graph.id(), byMessage);
    signals.listenForStarts(graph.id(), bySignal);
    timers.replace(graph.id(), byTimer);
  }

  private static String text(String element, Expression expression, Instant now) {
    try {
      return String.valueOf(expression.evaluate(Map.of(), now)).strip();
    } catch (EvaluationException e) {
      throw refused(element, e);
    }
  }

  private static Schedule first(String element, TimerDefinition timer, String text, Instant now) {
    try {
      return timer.schedule(text, now);
    } catch (EvaluationException e) {
      throw refused(element, e);
    }
  }

  private static DeploymentRefused refused(String element, EvaluationException reason) {
    return new DeploymentRefused(
        List.of(new Problem(element, 0, String.valueOf(reason.getMessage()))));
  }
}
