package org.millrace.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.millrace.kernel.Expressions.computed;
import static org.millrace.kernel.Expressions.needed;
import static org.millrace.kernel.Expressions.value;
import static org.millrace.kernel.TestProcess.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Binding;
import org.millrace.kernel.graph.DecisionCall;
import org.millrace.kernel.graph.DecisionCall.Shape;
import org.millrace.kernel.graph.Decisions;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Loop;
import org.millrace.kernel.state.Evaluation;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Lifecycle;
import org.millrace.kernel.state.Lifecycle.Life;
import org.millrace.kernel.state.Lifecycle.Transition;
import org.millrace.kernel.state.Phase;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Status;

/**
 * The lifecycle: each of its transitions is taken, what is none is a defect, and docs/lifecycle.md
 * shows it. That file is written anew with the system property {@code millrace.write}.
 */
class LifecycleTest {

  private static final Path PAGE = Path.of("..", "docs", "lifecycle.md");

  private static final Map<Life, String> TITLES =
      Map.of(
          Life.INSTANCE, "An instance",
          Life.TOKEN, "A token, and the activity that it is at",
          Life.WAIT, "What is waited for",
          Life.COMPENSATION, "What can be compensated");

  /** What is played to take them all. */
  private static List<Scenario> played() {
    TestProcess oneStep = process().start("s").service("a").end("e");
    TestProcess twoThings =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .end("e", TestProcess.terminate())
            .from("fork")
            .user("b")
            .end("f");
    return List.of(
        Scenario.started(oneStep)
            .when(Action.set(Map.of("x", 1)))
            .when(Action.fail("a"))
            .when(Action.fail("a"))
            .when(Action.fail("a", false))
            .when(Action.retry())
            .whenMigrated(process().start("s").service("b").end("e"), Map.of("a", "b"))
            .whenCompleted("b"),
        Scenario.started(oneStep)
            .when(Action.suspend())
            .when(Action.set(Map.of("x", 1)))
            .whenMigrated(process().start("s").service("b").end("e"), Map.of("a", "b"))
            .when(Action.resume())
            .when(Action.cancel()),
        Scenario.started(oneStep).when(Action.suspend()).whenCompleted("a"),
        Scenario.started(oneStep).when(Action.suspend()).when(Action.cancel()),
        Scenario.started(oneStep).when(Action.error("a", "E")),
        Scenario.started(oneStep).when(Action.suspend()).when(Action.error("a", "E")),
        Scenario.started(twoThings).when(Action.claim("b", "mary")).whenCompleted("a"),
        Scenario.started(twoThings).when(Action.suspend()).whenCompleted("a"),
        Scenario.started(process().start("s").call("c").decision("d", null, decision()).end("e"))
            .when(Action.ended("c", Status.CANCELLED, null, Map.of()))
            .when(Action.retry())
            .when(Action.ended("c", Map.of())),
        Scenario.started(process().start("s").script("a", "x", needed("y")).end("e"))
            .when(Action.set(Map.of("y", 1)))
            .when(Action.retry()),
        Scenario.started(
                process()
                    .start("s")
                    .loop(twice())
                    .sub("a", in -> in.start("s1").service("w").end("e1"))
                    .compensatedBy("undo", "a")
                    .from("a")
                    .end("back", TestProcess.compensation()))
            .whenCompleted("w", "w", "undo", "undo"),
        haltedWhileActive());
  }

  /** A complex gateway that has started, and cannot be reset. */
  private static Scenario haltedWhileActive() {
    Expression onlyAtItsStart =
        computed(
            "x",
            v -> v.get("waitingForStart").equals(true) || needed("x").evaluate(v, null) != null);
    return Scenario.started(
            process()
                .start("s")
                .parallel("fork")
                .service("a")
                .complex("gate", computed("one", v -> (Long) v.get("activationCount") >= 1))
                .when(onlyAtItsStart)
                .service("after")
                .end("e")
                .from("fork")
                .service("b")
                .to("gate"))
        .whenCompleted("a", "b")
        .thenIncidents("there is no variable x", "there is no variable x")
        .when(Action.set(Map.of("x", 1)))
        .when(Action.retry())
        .whenCompleted("after", "after");
  }

  private static DecisionCall decision() {
    Evaluation evaluation = new Evaluation("d", 1, Map.of(), List.of(), List.of());
    Decisions decisions = (reference, variables, now) -> new Decisions.Result(1L, evaluation);
    return new DecisionCall(decisions, value("d"), Binding.LATEST, null, Shape.RESULT);
  }

  private static Loop twice() {
    return new Loop.MultiInstance(
        false, new Loop.Source(value(2), null, null), Loop.Numbering.FROM_ZERO, null, List.of());
  }

  @Test
  void everyTransitionIsTaken() {
    Set<Transition> taken = new HashSet<>();
    for (Scenario scenario : played()) {
      InstanceState state = InstanceState.initial("i");
      scenario.history().forEach(event -> taken.add(state.apply(event, Scenario.BEGIN)));
    }
    assertThat(taken).containsExactlyInAnyOrderElementsOf(Lifecycle.TRANSITIONS);
  }

  @Test
  void everyKindOfEventIsInIt() {
    assertThat(Lifecycle.TRANSITIONS.stream().map(Transition::by).distinct())
        .containsExactlyInAnyOrderElementsOf(events());
  }

  @SuppressWarnings("unchecked") // What a sealed interface permits are its own kinds.
  private static List<Class<? extends Event>> events() {
    return List.of((Class<? extends Event>[]) Event.class.getPermittedSubclasses());
  }

  static Stream<Event> defects() {
    return Stream.of(
        new Event.Started(null, 4, Map.of()),
        new Event.Resumed(),
        new Event.ScopeOpened(9, 1, "a", Map.of()),
        new Event.TokenMoved(1, "e", null),
        new Event.TokenConsumed(1),
        new Event.TokenCancelled(1, false),
        new Event.TokenConsumed(8),
        new Event.ScopeClosed(2),
        new Event.WaitClosed(8),
        new Event.CompensationTaken(Scope.ROOT, List.of(8)));
  }

  /** The token 1 is at the service task, holds the scope 2, and that has the wait 3. */
  @ParameterizedTest
  @MethodSource("defects")
  void whatIsNotInItIsADefect(Event event) {
    InstanceState state = Scenario.started(process().start("s").service("a").end("e")).state();
    assertThat(state.heldBy(1)).isEqualTo(state.scope(2));

    assertThatThrownBy(() -> state.apply(event, Scenario.BEGIN))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatHasEndedIsOver() {
    InstanceState state =
        Scenario.started(process().start("s").service("a").end("e")).whenCompleted("a").state();

    assertThatThrownBy(
            () -> state.apply(new Event.TokenCreated(99, Scope.ROOT, "a", null), Scenario.BEGIN))
        .isInstanceOf(IllegalStateException.class);
  }

  // ---- the page

  @Test
  void thePageShowsIt() throws IOException {
    if (System.getProperty("millrace.write") != null) {
      Files.writeString(PAGE, page(), UTF_8);
    }
    assertThat(PAGE).hasContent(page());
  }

  private static String page() {
    return """
        # Lifecycle

        Generated by `LifecycleTest`, which fails when it is not what the code says. To write it anew:
        `mvn -q test -pl ejb -am -Dtest=LifecycleTest -Dmillrace.write -Dsurefire.failIfNoSpecifiedTests=false`.

        The kernel's events lead from one phase to the next. `org.millrace.kernel.state.Lifecycle` has them all, and every
        event that changes an instance is held to it: one that is not here is a defect, and its transaction is rolled back. A test takes
        each of them.

        %s
        ## What the phases mean
        | phase | meaning |
        | --- | --- |
        %s"""
        .formatted(
            Stream.of(Life.values()).map(LifecycleTest::diagram).collect(joining("\n")),
            Stream.of(Phase.values())
                .map(phase -> "| %s | %s |\n".formatted(phase, phase.meaning()))
                .collect(joining()));
  }

  private static String diagram(Life life) {
    Map<String, List<String>> events = new LinkedHashMap<>();
    Set<String> last = new LinkedHashSet<>();
    for (Transition one : Lifecycle.TRANSITIONS) {
      if (one.of() == life) {
        events
            .computeIfAbsent(
                name(one.from()) + " --> " + name(one.to()), arrow -> new ArrayList<>())
            .add(one.by().getSimpleName());
        last.add(name(one.to()));
      }
    }
    events.keySet().forEach(arrow -> last.remove(arrow.split(" ", 2)[0]));
    StringBuilder diagram =
        new StringBuilder("## %s\n```mermaid\nstateDiagram-v2\n".formatted(TITLES.get(life)));
    events.forEach(
        (arrow, by) -> diagram.append("    %s: %s\n".formatted(arrow, String.join(", ", by))));
    last.forEach(phase -> diagram.append("    %s --> [*]\n".formatted(phase)));
    return diagram.append("```\n").toString();
  }

  private static String name(Phase phase) {
    return phase == Phase.NONE ? "[*]" : phase.name();
  }
}
