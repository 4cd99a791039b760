package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.Incident;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/** Plays an instance of a process: given, when, then, when, then. */
final class Scenario {

  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private ProcessGraph graph;
  private final List<Event> history = new ArrayList<>();
  private InstanceState state = InstanceState.initial("instance-1");
  private Instant now = BEGIN;
  private Decision last;

  private Scenario(ProcessGraph graph) {
    this.graph = graph;
  }

  static Scenario given(TestProcess process) {
    return new Scenario(process.build());
  }

  /** An instance that has just been started. */
  static Scenario started(TestProcess process) {
    return given(process).when(Action.start());
  }

  static Scenario started(TestProcess process, Map<String, Object> variables) {
    return given(process).when(Action.start(variables));
  }

  // ---- when

  Scenario after(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** Carries out an action that is accepted. */
  Scenario when(Action action) {
    tried(action);
    assertThat(last).isInstanceOf(Decision.Accepted.class);
    Decision.Accepted accepted = (Decision.Accepted) last;
    history.addAll(accepted.events());
    state = accepted.state();
    return this;
  }

  Scenario whenCompleted(String... elements) {
    for (String element : elements) {
      when(Action.complete(element));
    }
    return this;
  }

  /** Tries an action; whatever comes of it, the state stays. */
  Scenario tried(Action action) {
    last = Invariants.decide(graph, state, action.on(state), now);
    return this;
  }

  /** Migrates to a process, or, where that is rejected, stays. */
  Scenario whenMigrated(TestProcess next, Map<String, String> mapping) {
    ProcessGraph before = graph;
    graph = next.build();
    tried(state -> new Command.Migrate(before, 1, 2, mapping));
    if (last instanceof Decision.Accepted accepted) {
      history.addAll(accepted.events());
      state = accepted.state();
    } else {
      graph = before;
    }
    return this;
  }

  // ---- then

  Scenario thenRejected(Decision.Kind kind) {
    assertThat(last)
        .isInstanceOfSatisfying(
            Decision.Rejected.class, rejected -> assertThat(rejected.kind()).isEqualTo(kind));
    return this;
  }

  Scenario thenRejected(String reason) {
    assertThat(last)
        .isInstanceOfSatisfying(
            Decision.Rejected.class, rejected -> assertThat(rejected.reason()).contains(reason));
    return this;
  }

  /** All that is waited for, as "element kind", e.g. "charge work"; in any order. */
  Scenario thenWaits(String... waits) {
    assertThat(state.waits())
        .extracting(wait -> wait.element() + " " + wait.kind().word())
        .containsExactlyInAnyOrder(waits);
    return this;
  }

  /** The elements that tokens rest on, in any order. */
  Scenario thenTokens(String... elements) {
    assertThat(state.tokens()).extracting(Token::element).containsExactlyInAnyOrder(elements);
    return this;
  }

  /** The elements that tokens came to in the last step, in order. */
  Scenario thenEntered(String... elements) {
    assertThat(entered()).containsExactly(elements);
    return this;
  }

  /** Like {@link #thenEntered}, these among others. */
  Scenario thenEnteredAmongOthers(String... elements) {
    assertThat(entered()).contains(elements);
    return this;
  }

  private List<String> entered() {
    List<String> entered = new ArrayList<>();
    for (Event event : events()) {
      if (event instanceof Event.TokenCreated created) {
        entered.add(created.element());
      } else if (event instanceof Event.TokenMoved moved) {
        entered.add(moved.element());
      }
    }
    return entered;
  }

  /** The work sent in the last step, as "stage attempt delay", in order. */
  Scenario thenSends(String... works) {
    assertThat(effects().stream().filter(Effect.SendWork.class::isInstance))
        .extracting(Effect.SendWork.class::cast)
        .extracting(send -> send.work().name() + " " + send.work().attempt() + " " + send.delay())
        .containsExactly(works);
    return this;
  }

  /** The timers scheduled in the last step, as "element due", in order. */
  Scenario thenSchedules(String... timers) {
    assertThat(effects().stream().filter(Effect.ScheduleTimer.class::isInstance))
        .extracting(Effect.ScheduleTimer.class::cast)
        .extracting(timer -> state.wait(timer.waitId()).element() + " " + timer.due())
        .containsExactly(timers);
    return this;
  }

  /** The signals thrown to others in the last step, as "name variables", in order. */
  Scenario thenSignals(String... signals) {
    assertThat(effects().stream().filter(Effect.ThrowSignal.class::isInstance))
        .extracting(Effect.ThrowSignal.class::cast)
        .extracting(signal -> signal.signal() + " " + signal.variables())
        .containsExactly(signals);
    return this;
  }

  Scenario thenNothingHappened() {
    assertThat(events()).isEmpty();
    return this;
  }

  Scenario thenVariable(String name, Object value) {
    assertThat(state.variables()).containsEntry(name, value);
    return this;
  }

  Scenario thenNoVariable(String name) {
    assertThat(state.variables()).doesNotContainKey(name);
    return this;
  }

  /** The incidents that stand, by the start of their messages. */
  Scenario thenIncidents(String... messages) {
    assertThat(state.incidents()).hasSize(messages.length);
    int index = 0;
    for (Incident incident : state.incidents()) {
      assertThat(incident.message()).contains(messages[index++]);
    }
    return this;
  }

  Scenario thenRuns() {
    return thenStatus(Status.RUNNING);
  }

  Scenario thenEnds() {
    return thenStatus(Status.COMPLETED);
  }

  Scenario thenStatus(Status status) {
    assertThat(state.status()).isEqualTo(status);
    return this;
  }

  // ---- what else is to be looked at

  InstanceState state() {
    return state;
  }

  Wait wait(String element) {
    return Action.open(state, element);
  }

  /** What the work of an element was sent with in the last step. */
  Effect.SendWork sent(String element) {
    return effects().stream()
        .filter(Effect.SendWork.class::isInstance)
        .map(Effect.SendWork.class::cast)
        .filter(send -> send.work().element().equals(element))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no work of " + element + " was sent"));
  }

  /** The events of the last step. */
  List<Event> events() {
    return accepted().events();
  }

  /** All events from the beginning. */
  List<Event> history() {
    return history;
  }

  List<Effect> effects() {
    return accepted().effects();
  }

  private Decision.Accepted accepted() {
    assertThat(last).isInstanceOf(Decision.Accepted.class);
    return (Decision.Accepted) last;
  }
}
