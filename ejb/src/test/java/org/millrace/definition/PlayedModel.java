package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Kernel;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Decisions;
import org.millrace.kernel.graph.Entries;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.Evaluation;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Wait;

/** Plays a model that others have drawn, many times, until nothing in it is left untriggered. */
final class PlayedModel {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int PLAYS = 200;

  /** After so many steps what interrupts nothing is left alone, so that all comes to an end. */
  private static final int STEPS = 200;

  /** Whatever a model asks for; plays differ in what the answers are. */
  static final Decisions DECISIONS =
      (reference, variables, now) ->
          new Decisions.Result(
              Map.of(
                  "riskLevel", List.of(variables.getOrDefault("risk", "red")), "risk", List.of()),
              new Evaluation(reference.decision(), 1, Map.of(), List.of(), List.of()));

  private final ProcessGraph graph;
  private final Random random;
  private final Set<String> seen;
  private InstanceState state = InstanceState.initial("instance");

  private PlayedModel(ProcessGraph graph, Random random, Set<String> seen) {
    this.graph = graph;
    this.random = random;
    this.seen = seen;
  }

  /** From each of its starts, with answers in many orders: it always ends, and all is reached. */
  static void playAll(ProcessGraph graph) {
    Set<@Nullable String> starts = new LinkedHashSet<>();
    if (!new Entries(graph).unnamed(Map.of(), NOW).isEmpty()) {
      starts.add(null);
    }
    new Entries(graph).byEvent().forEach(entry -> starts.add(entry.element().id()));
    assertThat(starts).isNotEmpty();
    Set<String> seen = new TreeSet<>();
    for (int play = 0; play < PLAYS; play++) {
      for (String start : starts) {
        new PlayedModel(graph, new Random(play), seen).play(start);
      }
    }
    List<String> all =
        StreamSupport.stream(graph.elements().spliterator(), false)
            .map(element -> element.id())
            .toList();
    assertThat(seen).as("elements that a token came to").containsAll(all);
  }

  private void play(@Nullable String start) {
    decide(new Command.Start(start, "key", 4, variables(random)));
    for (int step = 0; !state.status().ended(); step++) {
      assertThat(step).as("steps, waiting for " + state.waits()).isLessThan(2 * STEPS);
      List<Wait> waits = new ArrayList<>(state.waits());
      assertThat(waits).as("waits; tokens are " + state.tokens()).isNotEmpty();
      boolean late = step > STEPS;
      if (late) {
        waits.removeIf(
            wait ->
                !state.token(state.scope(wait.scope()).token()).element().equals(wait.element()));
      }
      answer(waits.get(random.nextInt(waits.size())));
    }
    assertThat(state.status()).isNotEqualTo(Status.CANCELLED);
  }

  private void answer(Wait wait) {
    Map<String, Object> variables = variables(random);
    switch (wait.kind()) {
      case WORK, TASK -> {
        String code = random.nextInt(4) == 0 ? error() : null;
        decide(
            code == null
                ? new Command.Complete(wait.id(), 0, variables)
                : new Command.ThrowError(wait.id(), 0, code, "no", variables));
      }
      case TIMER -> decide(new Command.Fire(wait.id(), true));
      case CALL -> {
        String code = random.nextInt(4) == 0 ? error() : null;
        decide(
            new Command.CalledEnded(
                wait.id(),
                wait.attempt(),
                code == null ? Status.COMPLETED : Status.FAILED,
                code,
                variables,
                null));
      }
      default -> decide(new Command.Deliver(wait.id(), variables));
    }
  }

  /** The code of one of the errors that the process catches; null where it catches none. */
  private @Nullable String error() {
    List<String> codes =
        StreamSupport.stream(graph.elements().spliterator(), false)
            .flatMap(element -> element.definition().parts().stream())
            .filter(EventDefinition.ErrorCode.class::isInstance)
            .map(part -> ((EventDefinition.ErrorCode) part).code())
            .map(code -> code == null ? "any" : code)
            .toList();
    return codes.isEmpty() ? null : codes.get(random.nextInt(codes.size()));
  }

  private static Map<String, Object> variables(Random random) {
    return Map.of(
        "risk",
        List.of("red", "yellow", "green").get(random.nextInt(3)),
        "documentReferenceId",
        "document-1",
        "fraudSuspectedId",
        "fraud-1",
        "documents",
        List.of("passport", "licence"),
        "risks",
        List.of(),
        "approved",
        random.nextBoolean(),
        "fraud",
        random.nextBoolean());
  }

  private void decide(Command command) {
    Decision decision = Kernel.decide(graph, state, command, NOW);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    Decision.Accepted accepted = (Decision.Accepted) decision;
    state = accepted.state();
    assertThat(state.incidents()).as("incidents after " + command).isEmpty();
    accepted
        .events()
        .forEach(
            event -> {
              if (event instanceof Event.TokenCreated created) {
                seen.add(created.element());
              } else if (event instanceof Event.TokenMoved moved) {
                seen.add(moved.element());
              }
            });
  }
}
