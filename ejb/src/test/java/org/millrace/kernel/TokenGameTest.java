package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.millrace.kernel.FreeForm.Kind;
import org.millrace.kernel.FreeForm.Way;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Wait;

/**
 * The kernel and an independent token game agree, step by step, on what waits and what has ended.
 * How many paths are tried of each process says the system property {@code millrace.paths}.
 */
class TokenGameTest {

  private static final int PATHS = Integer.getInteger("millrace.paths", 1);
  private static final int STEPS = 25;

  /** More tokens than this say nothing new. */
  private static final int CROWD = 30;

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theKernelAgreesWithTheTokenGame(@ForAll("processes") FreeForm process, @ForAll long seed) {
    ProcessGraph graph = process.draw().build();
    Random random = new Random(seed);
    for (int path = 0; path < PATHS; path++) {
      Statistics.label("path").collect(walk(graph, random));
    }
  }

  private static String walk(ProcessGraph graph, Random random) {
    List<String> path = new ArrayList<>();
    InstanceState state =
        decide(graph, InstanceState.initial("i"), new Command.Start(null, null, 4, Map.of()));
    List<TokenGame> possible = TokenGame.started(graph);
    for (int step = 0; step < STEPS; step++) {
      if (possible.isEmpty() || possible.size() > CROWD) {
        return "too many ways";
      }
      List<TokenGame> games = agreeing(possible, state, path);
      TokenGame game = games.get(0);
      if (game.ended()) {
        return "ended";
      }
      List<String> choices = game.unambiguous();
      if (choices.isEmpty()) {
        return game.waits().isEmpty() ? "stands at joins" : "goes on in several places";
      }
      if (state.tokens().size() > CROWD) {
        return "crowd";
      }
      String element = choices.get(random.nextInt(choices.size()));
      path.add(element);
      state = decide(graph, state, answer(Action.open(state, element)));
      possible = TokenGame.answered(games, element);
    }
    return "goes on";
  }

  /** Those of what may have come that look as the kernel does; what rests at joins is not seen. */
  private static List<TokenGame> agreeing(
      List<TokenGame> possible, InstanceState state, List<String> path) {
    List<String> waits = state.waits().stream().map(Wait::element).sorted().toList();
    List<TokenGame> games =
        possible.stream()
            .filter(game -> game.ended() == state.status().ended() && game.waits().equals(waits))
            .toList();
    assertThat(games)
        .as(
            "after %s the kernel waits for %s, the game for %s",
            path, waits, possible.stream().map(TokenGame::waits).toList())
        .isNotEmpty();
    return games;
  }

  private static InstanceState decide(ProcessGraph graph, InstanceState state, Command command) {
    Decision decision = Invariants.decide(graph, state, command, Scenario.BEGIN);
    assertThat(decision).as("the decision on %s", command).isInstanceOf(Decision.Accepted.class);
    return ((Decision.Accepted) decision).state();
  }

  private static Command answer(Wait wait) {
    return wait.kind() == Wait.Kind.MESSAGE
        ? new Command.Deliver(wait.id(), Map.of())
        : new Command.Complete(wait.id(), 0, Map.of());
  }

  /** Where nothing takes anything away from others, the order of answers is of no consequence. */
  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void everyOrderOfAnswersEndsAlike(
      @ForAll("confluent") FreeForm process, @ForAll long one, @ForAll long other) {
    ProcessGraph graph = process.draw().build();
    assertThat(completed(graph, new Random(one))).isEqualTo(completed(graph, new Random(other)));
  }

  /** What was answered until nothing waited any more, and what became of the instance. */
  private static List<String> completed(ProcessGraph graph, Random random) {
    List<String> answered = new ArrayList<>();
    InstanceState state =
        decide(graph, InstanceState.initial("i"), new Command.Start(null, null, 4, Map.of()));
    while (!state.waits().isEmpty() && answered.size() < 300) {
      List<Wait> waits = List.copyOf(state.waits());
      Wait wait = waits.get(random.nextInt(waits.size()));
      answered.add(wait.element());
      state = decide(graph, state, answer(wait));
    }
    answered.sort(null);
    answered.add(state.status().word());
    return answered.size() > 300 ? List.of() : answered;
  }

  @Provide
  Arbitrary<FreeForm> processes() {
    return forms(Arbitraries.of(Kind.values()), 9);
  }

  /** Forwards only, without inclusive joins, ends of everything, and events. */
  @Provide
  Arbitrary<FreeForm> confluent() {
    return forms(Arbitraries.of(Kind.PASS, Kind.EXCLUSIVE, Kind.PARALLEL, Kind.SUB), 9)
        .map(
            form ->
                new FreeForm(
                    form.kinds(),
                    form.ways(),
                    new FreeForm(
                        List.of(Kind.PARALLEL, Kind.SERVICE, Kind.MESSAGE), form.ways(), null)));
  }

  private static Arbitrary<FreeForm> forms(Arbitrary<Kind> kinds, int size) {
    Arbitrary<FreeForm> inner =
        Combinators.combine(kinds.list().ofMinSize(1).ofMaxSize(5), ways(8))
            .as((some, ways) -> new FreeForm(some, ways, null));
    return Combinators.combine(
            kinds.list().ofMinSize(1).ofMaxSize(size), ways(2 * size), inner.injectNull(0.2))
        .as(FreeForm::new);
  }

  private static Arbitrary<List<Way>> ways(int size) {
    Arbitrary<Integer> index = Arbitraries.integers().between(0, 20);
    return Combinators.combine(index, index, Arbitraries.of(true, false))
        .as(Way::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(size);
  }
}
