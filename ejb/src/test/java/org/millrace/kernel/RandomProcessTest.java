package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.millrace.kernel.Block.Happening;
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

  @Property(tries = 500)
  void everyProcessRunsToItsEnd(
      @ForAll("blocks") Block block, @ForAll("choices") List<Integer> choices) {
    ProcessGraph graph = draw(block);
    InstanceState state =
        step(graph, InstanceState.initial("i"), new Command.Start(null, null, 4, Map.of()));
    for (int choice : choices) {
      if (state.status().ended()) {
        break;
      }
      state = step(graph, state, random(state, choice));
    }
    Statistics.label("after the random answers").collect(state.status());
    assertThat(drained(graph, state).status())
        .isIn(Status.COMPLETED, Status.TERMINATED, Status.FAILED);
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

  private static Command random(InstanceState state, int choice) {
    List<Wait> waits = List.copyOf(state.waits());
    Wait wait = waits.get(choice % waits.size());
    int outcome = choice / 64;
    if (outcome == 15) {
      return state.status() == Status.SUSPENDED ? new Command.Resume() : new Command.Suspend();
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
          Map.of("x", 2L));
    }
    boolean answerable = wait.kind() == Wait.Kind.WORK || wait.kind() == Wait.Kind.TASK;
    if (answerable && outcome == 11) {
      return new Command.Complete(wait.id(), 0, Map.of());
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
          new Command.CalledEnded(wait.id(), wait.attempt(), Status.COMPLETED, null, Map.of());
    };
  }

  /** Answers all but the events that would come on top of the way through. */
  private static InstanceState drained(ProcessGraph graph, InstanceState state) {
    InstanceState current = state;
    for (int steps = 0; !current.status().ended(); steps++) {
      assertThat(steps).as("steps of %s", current).isLessThan(20_000);
      Wait next =
          current.waits().stream().filter(wait -> isOnTheWay(graph, wait)).findFirst().orElse(null);
      assertThat(next).as("what %s waits for on its way", current).isNotNull();
      current = step(graph, current, answer(current, next));
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
    return block(4);
  }

  private Arbitrary<Block> block(int depth) {
    Arbitrary<Block> one = Arbitraries.of(Block.Kind.values()).map(Block.One::new);
    if (depth == 0) {
      return one;
    }
    Arbitrary<Block> inner = Arbitraries.lazy(() -> block(depth - 1));
    Arbitrary<List<Block>> some = inner.list().ofMinSize(1).ofMaxSize(3);
    Arbitrary<Happening> happening =
        Combinators.combine(
                Arbitraries.of(Block.Trigger.values()), Arbitraries.of(true, false), inner)
            .as(Happening::new);
    Arbitrary<Block> killable = inner.map(Block.Killable::new);
    return Arbitraries.frequencyOf(
        Tuple.of(4, one),
        Tuple.of(4, some.map(Block.Row::new)),
        Tuple.of(4, some.map(Block.Fork::new)),
        Tuple.of(
            2,
            Combinators.combine(some, Arbitraries.integers().between(0, 2)).as(Block.Choice::new)),
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
}
