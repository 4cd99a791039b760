package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.element.CatchEvent;
import org.millrace.kernel.element.ReceiveTask;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Wait;

/**
 * Random block-structured processes, answered in random order. {@link Invariants} hold after each
 * step; and once all that is waited for is answered, the instance has ended.
 */
class RandomProcessTest {

  private static final Instant NOW = Scenario.BEGIN;

  /** How many ways through each process are tried. */
  private static final int PATHS = Integer.getInteger("millrace.paths", 1);

  @Property(edgeCases = EdgeCasesMode.NONE)
  void everyProcessRunsToItsEnd(
      @ForAll("blocks") Block block, @ForAll("choices") List<Integer> choices, @ForAll long seed) {
    ProcessGraph graph = draw(block);
    run(graph, choices);
    Random random = new Random(seed);
    for (int path = 1; path < PATHS; path++) {
      run(graph, random.ints(random.nextInt(40), 0, 1024).boxed().toList());
    }
  }

  private static void run(ProcessGraph graph, List<Integer> choices) {
    InstanceState state = begun(graph);
    for (int choice : choices) {
      if (state.status().ended()) {
        break;
      }
      state = step(graph, state, random(graph, state, choice));
    }
    Statistics.label("after the random answers").collect(state.status());
    List<String> answered = new ArrayList<>();
    assertThat(drained(graph, state, answered, waits -> waits.get(0)).status())
        .isIn(Status.COMPLETED, Status.TERMINATED, Status.FAILED);
  }

  private static InstanceState begun(ProcessGraph graph) {
    return step(graph, InstanceState.initial("i"), new Command.Start(null, null, 4, Map.of()));
  }

  /** Where nothing takes anything away from others, the order of answers is of no consequence. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  void everyOrderOfAnswersEndsAlike(
      @ForAll("confluent") Block block, @ForAll long one, @ForAll long other) {
    ProcessGraph graph = draw(block);
    assertThat(ended(graph, new Random(one))).isEqualTo(ended(graph, new Random(other)));
  }

  /** What was answered until the instance had ended, how it has, and with which variables. */
  private static List<Object> ended(ProcessGraph graph, Random random) {
    List<String> answered = new ArrayList<>();
    InstanceState state =
        drained(graph, begun(graph), answered, waits -> waits.get(random.nextInt(waits.size())));
    answered.sort(null);
    return List.of(answered, state.status(), state.variables());
  }

  private static ProcessGraph draw(Block block) {
    Block.Ids ids = new Block.Ids();
    TestProcess process = TestProcess.process().start("start");
    block.draw(process, ids);
    return process.end("end").build();
  }

  private static InstanceState step(ProcessGraph graph, InstanceState state, Command command) {
    Decision decision = Invariants.decide(graph, state, command, NOW);
    assertThat(decision).as("the decision on %s", command).isInstanceOf(Decision.Accepted.class);
    return ((Decision.Accepted) decision).state();
  }

  private static Command random(ProcessGraph graph, InstanceState state, int choice) {
    List<Wait> waits = List.copyOf(state.waits());
    Wait wait = waits.get(choice % waits.size());
    int outcome = choice / 64;
    if (outcome == 15) {
      return state.status() == Status.SUSPENDED ? new Command.Resume() : new Command.Suspend();
    }
    if (outcome == 10) {
      return new Command.Migrate(graph, 1, 2, Map.of());
    }
    if (outcome == 9) {
      return new Command.SetVariables(Map.of("x", (long) choice % 3));
    }
    if (wait.kind() == Wait.Kind.WORK && outcome == 14 && wait.attemptsLeft() > 0) {
      return new Command.Fail(wait.id(), wait.attempt(), "broken", null, choice % 2 == 0);
    }
    if (wait.kind() == Wait.Kind.CALL && outcome > 11 && wait.attemptsLeft() > 0) {
      return new Command.CalledEnded(
          wait.id(),
          wait.attempt(),
          List.of(Status.TERMINATED, Status.FAILED, Status.CANCELLED).get(outcome - 12),
          "E" + (choice % 2 + 1),
          Map.of("x", 2L),
          null);
    }
    boolean answerable = wait.kind() == Wait.Kind.WORK || wait.kind() == Wait.Kind.TASK;
    if (answerable && outcome == 11) {
      return new Command.Complete(wait.id(), 0, Map.of());
    }
    if (answerable && outcome == 8) {
      return new Command.Escalate(wait.id(), 0, "UP", Map.of());
    }
    if (wait.kind() == Wait.Kind.SIGNAL && outcome > 5) {
      return new Command.Signal(
          state.waitsOf(Wait.Kind.SIGNAL).stream().map(Wait::id).toList(), Map.of("y", 1L));
    }
    if (answerable && (outcome == 13 || outcome == 12)) {
      return new Command.ThrowError(wait.id(), 0, "E" + (outcome - 11), null, Map.of());
    }
    return answer(state, wait);
  }

  private static Command answer(InstanceState state, Wait wait) {
    if (wait.attemptsLeft() == 0) {
      return state.incidents().stream()
          .filter(incident -> incident.waitId() == wait.id())
          .findFirst()
          .map(incident -> new Command.RetryIncident(incident.id()))
          .orElseThrow();
    }
    return switch (wait.kind()) {
      case WORK, TASK -> new Command.Complete(wait.id(), wait.attempt(), Map.of());
      case MESSAGE, SIGNAL, CONDITION -> new Command.Deliver(wait.id(), Map.of());
      case TIMER -> new Command.Fire(wait.id(), true);
      case CALL ->
          new Command.CalledEnded(
              wait.id(), wait.attempt(), Status.COMPLETED, null, Map.of(), null);
    };
  }

  /** Answers all but the events that would come on top of the way through. */
  private static InstanceState drained(
      ProcessGraph graph,
      InstanceState state,
      List<String> answered,
      Function<List<Wait>, Wait> choice) {
    InstanceState current = state;
    while (!current.status().ended()) {
      assertThat(answered).as("steps of %s", current).hasSizeLessThan(20_000);
      List<Wait> next = current.waits().stream().filter(wait -> isOnTheWay(graph, wait)).toList();
      assertThat(next).as("what %s waits for on its way", current).isNotEmpty();
      Wait one = choice.apply(next);
      answered.add(one.element());
      current = step(graph, current, answer(current, one));
    }
    return current;
  }

  private static boolean isOnTheWay(ProcessGraph graph, Wait wait) {
    var element = graph.element(wait.element());
    return wait.kind() == Wait.Kind.WORK
        || wait.kind() == Wait.Kind.TASK
        || wait.kind() == Wait.Kind.CALL
        || element instanceof CatchEvent
        || element instanceof ReceiveTask;
  }

  @Provide
  Arbitrary<List<Integer>> choices() {
    return Arbitraries.integers().between(0, 1023).list().ofMaxSize(40);
  }

  @Provide
  Arbitrary<Block> blocks() {
    return block(3);
  }

  private Arbitrary<Block> block(int depth) {
    Arbitrary<Block> one = Arbitraries.of(Block.Kind.values()).map(Block.One::new);
    if (depth == 0) {
      return one;
    }
    Arbitrary<Block> inner = Arbitraries.lazy(() -> block(depth - 1));
    Arbitrary<List<Block>> some = inner.list().ofMinSize(1).ofMaxSize(3);
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    Arbitrary<Happening> happening =
        Combinators.combine(Arbitraries.of(Happening.Trigger.values()), either, inner)
            .as(Happening::new);
    Arbitrary<Block> killable =
        Combinators.combine(inner, Arbitraries.of(Block.Killer.values())).as(Block.Killable::new);
    return Arbitraries.frequencyOf(
        Tuple.of(4, one),
        Tuple.of(4, some.map(Block.Row::new)),
        Tuple.of(4, some.map(Block.Fork::new)),
        Tuple.of(2, choice(some)),
        Tuple.of(2, some(some)),
        Tuple.of(2, some.map(Block.First::new)),
        Tuple.of(2, Combinators.combine(some, either).as(Block.Parts::new)),
        Tuple.of(3, Combinators.combine(inner, inner).as(Block.Race::new)),
        Tuple.of(2, inner.map(Block.Twice::new)),
        Tuple.of(1, killable),
        Tuple.of(
            3,
            Combinators.combine(inner, Arbitraries.of(Block.How.values()), happening)
                .as(Block.Runs::new)),
        Tuple.of(2, inner.map(Block.Transaction::new)),
        Tuple.of(6, Combinators.combine(inner, happening, happening).as(Block.Sub::new)));
  }

  private static Arbitrary<Block> choice(Arbitrary<List<Block>> branches) {
    return Combinators.combine(branches, Arbitraries.integers().between(0, 2))
        .as(Block.Choice::new);
  }

  private static Arbitrary<Block> some(Arbitrary<List<Block>> branches) {
    return Combinators.combine(branches, Arbitraries.integers().between(1, 3)).as(Block.Some::new);
  }

  /** Nothing in it is taken away, and nobody looks at what others do meanwhile. */
  @Provide
  Arbitrary<Block> confluent() {
    return confluent(3);
  }

  private Arbitrary<Block> confluent(int depth) {
    Arbitrary<Block> one =
        Arbitraries.of(
                Block.Kind.SERVICE,
                Block.Kind.USER,
                Block.Kind.CALL,
                Block.Kind.RECEIVE,
                Block.Kind.MESSAGE,
                Block.Kind.TIMER,
                Block.Kind.PASS,
                Block.Kind.SCRIPT,
                Block.Kind.SEND,
                Block.Kind.ESCALATE,
                Block.Kind.COMPENSABLE,
                Block.Kind.COMPENSABLE_RUNS)
            .map(Block.One::new);
    if (depth == 0) {
      return one;
    }
    Arbitrary<Block> inner = Arbitraries.lazy(() -> confluent(depth - 1));
    Arbitrary<List<Block>> some = inner.list().ofMinSize(1).ofMaxSize(3);
    Happening never = new Happening(Happening.Trigger.TIMER, true, new Block.One(Block.Kind.PASS));
    return Arbitraries.frequencyOf(
        Tuple.of(4, one),
        Tuple.of(4, some.map(Block.Row::new)),
        Tuple.of(4, some.map(Block.Fork::new)),
        Tuple.of(2, choice(some)),
        Tuple.of(2, some(some)),
        Tuple.of(2, some.map(Block.First::new)),
        Tuple.of(2, some.map(parts -> new Block.Parts(parts, false))),
        Tuple.of(2, inner.map(Block.Twice::new)),
        Tuple.of(2, inner.map(body -> new Block.Runs(body, Block.How.PARALLEL, never))),
        Tuple.of(2, inner.map(body -> new Block.Runs(body, Block.How.SEQUENTIAL, never))),
        Tuple.of(2, inner.map(body -> new Block.Runs(body, Block.How.WHILE, never))),
        Tuple.of(2, inner.map(body -> new Block.Sub(body, never, never))));
  }
}
