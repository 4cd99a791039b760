package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.millrace.kernel.Expressions.computed;
import static org.millrace.kernel.Expressions.needed;
import static org.millrace.kernel.Expressions.value;
import static org.millrace.kernel.Expressions.variable;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.graph.Loop;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.InstanceState;

/**
 * What one step costs grows no worse than linearly with the size of the process and with the number
 * of tokens: four times as much of either costs about four times the work, where a quadratic rule
 * would cost sixteen times. Work is the processor time of this thread, the least of several tries.
 */
class CostTest {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Between linear (4) and quadratic (16). */
  private static final double GROWTH = 9;

  /** A machine that is busy with other things may need some until it has shown what it can do. */
  private static final int ROUNDS = 30;

  /** What a step begins with. */
  private record Given(ProcessGraph graph, InstanceState state, Command command) {

    static Given start(TestProcess process) {
      return new Given(
          process.build(), InstanceState.initial("i"), new Command.Start(null, null, 4, Map.of()));
    }

    Given then(Command next) {
      return new Given(graph, after(), next);
    }

    InstanceState after() {
      Decision decision = Kernel.decide(graph, state, command, Scenario.BEGIN);
      assertThat(decision).isInstanceOf(Decision.Accepted.class);
      return ((Decision.Accepted) decision).state();
    }

    long nanos() {
      long begin = THREADS.getCurrentThreadCpuTime();
      after();
      return THREADS.getCurrentThreadCpuTime() - begin;
    }
  }

  static Stream<Arguments> steps() {
    return Stream.of(
        cost("branches to a parallel join", 500, n -> Given.start(fan(n, false))),
        cost("branches to an inclusive join", 500, n -> Given.start(fan(n, true))),
        cost(
            "a row of inclusive joins",
            500,
            n -> Given.start(row(TestProcess.process().start("s"), n).end("e"))),
        cost("an inclusive join that waits", 500, CostTest::waiting),
        cost("runs that pass", 2_000, n -> Given.start(runs(n).pass("a"))),
        cost("runs that wait", 2_500, n -> Given.start(runs(n).service("a"))),
        cost(
            "runs that fail to begin",
            2_500,
            n -> Given.start(runs(n).script("a", "x", needed("missing")))),
        cost("runs with inclusive joins", 1_000, n -> Given.start(joining(runs(n)))),
        cost(
            "runs that can be compensated",
            2_000,
            n -> Given.start(runs(n).pass("a").compensatedBy("undo", "a"))),
        cost(
            "compensation of runs",
            2_000,
            n ->
                Given.start(
                    runs(n)
                        .pass("a")
                        .compensatedBy("undo", "a")
                        .from("a")
                        .throwing("back", TestProcess.compensation())
                        .end("e"))),
        cost("runs beside conditions", 2_000, n -> Given.start(beside(n))),
        cost(
            "an end to runs",
            2_500,
            n -> Given.start(runs(n).service("a")).then(new Command.Cancel())),
        cost(
            "a pause of runs",
            2_500,
            n ->
                Given.start(runs(n).service("a"))
                    .then(new Command.Suspend())
                    .then(new Command.Resume())),
        cost(
            "runs that are taken away",
            2_500,
            n ->
                Given.start(runs(n).service("a").end("e"))
                    .then(new Command.Modify(List.of("a"), List.of(), Map.of()))),
        cost(
            "failed runs that are taken away",
            2_500,
            n ->
                Given.start(runs(n).input("x", needed("missing")).service("a").end("e"))
                    .then(new Command.Modify(List.of("a"), List.of(), Map.of()))),
        cost(
            "a signal to runs",
            2_000,
            n -> {
              Given begun = Given.start(signalled(runs(n)));
              return begun.then(
                  new Command.Signal(
                      begun.after().waits().stream().map(wait -> wait.id()).toList(), Map.of()));
            }),
        cost(
            "runs that migrate",
            2_500,
            n -> {
              Given begun = Given.start(runs(n).service("a"));
              return begun.then(new Command.Migrate(begun.graph(), 1, 2, Map.of()));
            }));
  }

  private static Arguments cost(String what, int size, IntFunction<Given> given) {
    return arguments(what, size, given);
  }

  private static TestProcess fan(int width, boolean inclusive) {
    TestProcess process = TestProcess.process().start("s").parallel("fork").pass("b0");
    process = inclusive ? process.inclusive("join") : process.parallel("join");
    process.end("e");
    for (int i = 1; i < width; i++) {
      process.from("fork").pass("b" + i).to("join");
    }
    return process;
  }

  /** Each join is reached by one of the two ways that lead to it. */
  private static TestProcess row(TestProcess process, int length) {
    for (int i = 0; i < length; i++) {
      process
          .exclusive("choice" + i)
          .when(value(true))
          .inclusive("join" + i)
          .from("choice" + i)
          .pass("other" + i)
          .to("join" + i)
          .from("join" + i);
    }
    return process;
  }

  /** A token has come to the join; another is far away from it, with a long way to go. */
  private static Given waiting(int length) {
    TestProcess process =
        TestProcess.process().start("s").parallel("fork").inclusive("join").end("e").from("fork");
    process = row(process.service("far"), length).to("join").from("fork").user("near").end("e2");
    Given begun = Given.start(process);
    int near = Action.open(begun.after(), "near").id();
    return begun.then(new Command.Complete(near, 0, Map.of()));
  }

  private static TestProcess runs(int number) {
    return TestProcess.process().start("s").loop(loop(number));
  }

  private static Loop loop(int number) {
    return new Loop.MultiInstance(
        false,
        new Loop.Source(value(number), null, null),
        Loop.Numbering.FROM_ZERO,
        null,
        List.of(new Loop.Result("results", List.of(), variable("loopCounter"))));
  }

  private static TestProcess joining(TestProcess process) {
    return process.sub(
        "a",
        in ->
            in.start("s1")
                .inclusive("split")
                .pass("x")
                .inclusive("join")
                .end("e1")
                .from("split")
                .pass("y")
                .to("join"));
  }

  private static TestProcess signalled(TestProcess process) {
    return process.sub("a", in -> in.start("s1").catching("x", TestProcess.signal("go")).end("e1"));
  }

  private static TestProcess beside(int number) {
    return TestProcess.process()
        .start("s")
        .loop(loop(number))
        .output("last", variable("loopCounter"))
        .pass("a")
        .end("e")
        .eventSub(
            "event",
            in -> in.start("c", TestProcess.condition(computed("never", v -> false))).end("e2"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void aStepCostsNoMoreThanItsSizeSays(String what, int size, IntFunction<Given> given) {
    Given small = given.apply(size);
    Given large = given.apply(4 * size);

    long leastOfSmall = Long.MAX_VALUE;
    long leastOfLarge = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      leastOfSmall = Math.min(leastOfSmall, small.nanos());
      leastOfLarge = Math.min(leastOfLarge, large.nanos());
      if (i > 2 && leastOfLarge < leastOfSmall * GROWTH) {
        break;
      }
    }

    assertThat((double) leastOfLarge / leastOfSmall)
        .as("times the work, for four times the size")
        .isLessThan(GROWTH);
  }
}
