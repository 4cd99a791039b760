package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.complete;
import static org.millrace.kernel.Action.deliver;
import static org.millrace.kernel.Action.error;
import static org.millrace.kernel.Action.fail;
import static org.millrace.kernel.Action.retry;
import static org.millrace.kernel.Action.set;
import static org.millrace.kernel.Expressions.computed;
import static org.millrace.kernel.Expressions.needed;
import static org.millrace.kernel.Expressions.value;
import static org.millrace.kernel.Expressions.variable;
import static org.millrace.kernel.Scenario.given;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.anyError;
import static org.millrace.kernel.TestProcess.compensation;
import static org.millrace.kernel.TestProcess.duration;
import static org.millrace.kernel.TestProcess.message;
import static org.millrace.kernel.TestProcess.process;
import static org.millrace.kernel.TestProcess.terminate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.SignalDefinition;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Loop;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Status;

/** Activities that are done more than once. */
class LoopTest {

  private static Loop.MultiInstance each(String collection, boolean sequential) {
    return new Loop.MultiInstance(
        sequential,
        new Loop.Source(null, needed(collection), "item"),
        Loop.Numbering.FROM_ZERO,
        null,
        List.of(new Loop.Result("results", List.of("result"), variable("result"))));
  }

  private static Loop.MultiInstance times(Object number, boolean sequential, Expression until) {
    return new Loop.MultiInstance(
        sequential,
        new Loop.Source(value(number), null, null),
        Loop.Numbering.FROM_ZERO,
        until,
        List.of());
  }

  private static Loop.MultiInstance throwing(Loop.Thrown thrown) {
    return new Loop.MultiInstance(
        false,
        new Loop.Source(value(3L), null, null),
        Loop.Numbering.FROM_ZERO,
        null,
        List.of(),
        List.of(thrown));
  }

  private static Scenario startedThrowing(Loop.Thrown thrown, boolean interrupting) {
    TestProcess process = process().start("s").loop(throwing(thrown)).service("a").end("e");
    EventDefinition caught =
        thrown.event() instanceof SignalDefinition signal
            ? signal
            : new EventDefinition.EscalationCode("UP", null);
    return started(
        (interrupting
                ? process.boundary("b", "a", caught)
                : process.nonInterrupting("b", "a", caught))
            .user("told"));
  }

  @Test
  void eachRunThrowsWhenItCompletes() {
    startedThrowing(new Loop.Thrown(false, null, new SignalDefinition("done")), false)
        .when(complete("a"))
        .thenSignals("done {}")
        .thenWaits("a work", "a work", "b signal", "told task")
        .when(complete("a"))
        .thenWaits("a work", "b signal", "told task", "told task")
        .when(complete("a"))
        .thenTokens("told", "told", "told");
  }

  @Test
  void theFirstRunThrowsWhenItCompletes() {
    startedThrowing(
            new Loop.Thrown(true, null, new EventDefinition.EscalationThrow(value("UP"))), false)
        .when(complete("a"))
        .thenWaits("a work", "a work", "told task")
        .when(complete("a"))
        .thenWaits("a work", "told task");
  }

  @Test
  void aRunThrowsWhenItsConditionHolds() {
    startedThrowing(
            new Loop.Thrown(false, completed(2), new EventDefinition.EscalationThrow(value("UP"))),
            true)
        .when(complete("a"))
        .thenWaits("a work", "a work")
        .when(complete("a"))
        .thenWaits("told task");
  }

  private static Expression completed(long number) {
    return computed(
        "nrOfCompletedInstances >= " + number,
        seen -> (Long) seen.get("nrOfCompletedInstances") >= number);
  }

  private static TestProcess row(Loop loop) {
    return process().start("s").loop(loop).service("a").service("b").end("e");
  }

  private static Map<String, Object> items(Object... items) {
    return Map.of("all", Arrays.asList(items));
  }

  // ---- parallel

  @Test
  void runsStandSideBySideUntilAllHaveCompleted() {
    started(row(each("all", false)), items("x", "y", "z"))
        .thenWaits("a work", "a work", "a work")
        .thenTokens("a", "a", "a", "a")
        .whenCompleted("a", "a")
        .thenWaits("a work")
        .whenCompleted("a")
        .thenWaits("b work")
        .thenTokens("b")
        .whenCompleted("b")
        .thenEnds();
  }

  @Test
  void eachRunSeesItsItemAndHowFarAllAre() {
    Scenario scenario = started(row(each("all", false)), items("x", "y"));
    assertThat(scenario.sent("a").variables())
        .containsEntry("item", "x")
        .containsEntry("loopCounter", 0L)
        .containsEntry("nrOfInstances", 2L)
        .containsEntry("nrOfActiveInstances", 2L)
        .containsEntry("nrOfCompletedInstances", 0L);
    scenario.whenCompleted("a");
    int second = scenario.wait("a").scope();
    assertThat(scenario.state().visibleFrom(second))
        .containsEntry("item", "y")
        .containsEntry("loopCounter", 1L)
        .containsEntry("nrOfActiveInstances", 1L)
        .containsEntry("nrOfCompletedInstances", 1L);
    scenario.whenCompleted("a").thenNoVariable("item").thenNoVariable("nrOfInstances");
  }

  @Test
  void resultsAreGatheredInTheItemsOrder() {
    Scenario scenario = started(row(each("all", false)), items("x", "y", "z"));
    List<Integer> waits = scenario.state().waits().stream().map(wait -> wait.id()).toList();
    scenario
        .when(state -> done(waits.get(2), Map.of("result", "third")))
        .when(state -> done(waits.get(0), Map.of("result", "first", "seen", true)))
        .thenNoVariable("result")
        .thenVariable("seen", true)
        .when(state -> done(waits.get(1), Map.of()))
        .thenVariable("results", Arrays.asList("first", null, "third"))
        .thenNoVariable("result");
  }

  private static Command done(int wait, Map<String, Object> result) {
    return new Command.Complete(wait, 0, result);
  }

  @Test
  void mappingsAreThoseOfEachRun() {
    TestProcess process =
        process()
            .start("s")
            .loop(each("all", false))
            .input("in", computed("item twice", seen -> "" + seen.get("item") + seen.get("item")))
            .output("result", variable("in"))
            .output("out", variable("loopCounter"))
            .service("a")
            .service("b")
            .end("e");
    Scenario scenario = started(process, items("x", "y"));
    assertThat(scenario.sent("a").variables()).containsEntry("in", "xx");
    scenario
        .whenCompleted("a", "a")
        .thenVariable("results", List.of("xx", "yy"))
        .thenVariable("out", 1L)
        .thenNoVariable("result");
  }

  @Test
  void withoutItemsTheTokenGoesOnAtOnce() {
    started(row(each("all", false)), items())
        .thenWaits("b work")
        .thenVariable("results", List.of());
    started(row(each("all", true)), items()).thenWaits("b work");
    started(row(times(0, false, null))).thenWaits("b work");
  }

  @Test
  void theNumberAloneCanBeGiven() {
    started(row(times("2", false, null))).thenWaits("a work", "a work");
    started(row(times(3L, true, null))).thenWaits("a work").thenTokens("a", "a");
  }

  @Test
  void whenEnoughHaveCompletedTheOthersAreCancelled() {
    Scenario scenario =
        started(row(times(5, false, completed(2))))
            .whenCompleted("a")
            .thenWaits("a work", "a work", "a work", "a work")
            .whenCompleted("a")
            .thenWaits("b work");
    assertThat(scenario.events()).filteredOn(Event.TokenCancelled.class::isInstance).hasSize(3);
  }

  @Test
  void theConditionSeesTheRunThatCompleted() {
    Expression until = computed("result = stop", seen -> "stop".equals(seen.get("result")));
    Loop loop =
        new Loop.MultiInstance(
            false,
            new Loop.Source(null, needed("all"), "item"),
            new Loop.Numbering("loopCounter", 1),
            until,
            List.of(new Loop.Result("results", List.of("result"), variable("result"))));
    started(row(loop), items("x", "y", "z"))
        .when(complete("a", Map.of("result", "go on")))
        .thenWaits("a work", "a work")
        .when(complete("a", Map.of("result", "stop")))
        .thenWaits("b work")
        .thenVariable("results", Arrays.asList("go on", "stop", null));
  }

  // ---- sequential

  @Test
  void runsComeOneAfterTheOther() {
    Scenario scenario =
        started(row(each("all", true)), items("x", "y"))
            .thenWaits("a work")
            .when(set(Map.of("all", List.of())))
            .when(complete("a", Map.of("result", 1L)))
            .thenWaits("a work");
    assertThat(scenario.sent("a").variables())
        .containsEntry("item", "y")
        .containsEntry("loopCounter", 1L)
        .containsEntry("nrOfActiveInstances", 1L)
        .containsEntry("nrOfCompletedInstances", 1L)
        .containsEntry("nrOfInstances", 2L);
    scenario
        .when(complete("a", Map.of("result", 2L)))
        .thenWaits("b work")
        .thenVariable("results", List.of(1L, 2L));
  }

  @Test
  void theConditionEndsTheRow() {
    started(row(times(5, true, completed(2)))).whenCompleted("a", "a").thenWaits("b work");
  }

  @Test
  void aRowOfRunsThatDoNotWaitIsDoneInOneStep() {
    TestProcess process =
        process()
            .start("s")
            .loop(times(1_000, true, null))
            .script("count", "n", computed("n + 1", v -> (Long) v.getOrDefault("n", 0L) + 1))
            .end("e");
    given(process).when(Action.start(Map.of("n", 0L))).thenEnds().thenVariable("n", 1_000L);
  }

  // ---- standard loops

  private static Expression below(long number) {
    return computed("loopCounter < " + number, seen -> (Long) seen.get("loopCounter") < number);
  }

  @Test
  void aStandardLoopAsksAfterwards() {
    started(row(new Loop.Standard(false, below(2), 0)))
        .thenWaits("a work")
        .whenCompleted("a")
        .thenWaits("a work")
        .whenCompleted("a")
        .thenWaits("b work");
    started(row(new Loop.Standard(false, value(false), 0))).whenCompleted("a").thenWaits("b work");
  }

  @Test
  void aStandardLoopCanAskBefore() {
    started(row(new Loop.Standard(true, value(false), 0))).thenWaits("b work");
    Scenario scenario = started(row(new Loop.Standard(true, below(2), 0))).whenCompleted("a");
    assertThat(scenario.sent("a").variables())
        .containsEntry("loopCounter", 1L)
        .doesNotContainKey("nrOfInstances");
    scenario.whenCompleted("a").thenWaits("b work");
  }

  @Test
  void aStandardLoopEndsAtItsMaximum() {
    started(row(new Loop.Standard(false, value(true), 2)))
        .whenCompleted("a", "a")
        .thenWaits("b work");
    started(row(new Loop.Standard(true, null, 1))).whenCompleted("a").thenWaits("b work");
  }

  @Test
  void itsConditionSeesWhatTheRunsGaveBack() {
    Expression again = computed("again", seen -> seen.get("again"));
    started(row(new Loop.Standard(false, again, 0)))
        .when(complete("a", Map.of("again", true)))
        .thenWaits("a work")
        .when(complete("a", Map.of("again", false)))
        .thenWaits("b work");
  }

  @Test
  void aLoopThatNeverWaitsNorEndsIsStopped() {
    TestProcess process =
        process().start("s").loop(new Loop.Standard(false, value(true), 0)).pass("p").end("e");
    started(process).thenIncidents("more than 20000 runs of looped activities");
  }

  // ---- boundary events, errors

  private static TestProcess withBoundaries(boolean sequential) {
    return process()
        .start("s")
        .loop(times(3, sequential, null))
        .service("a")
        .service("b")
        .end("e")
        .boundary("cancel", "a", message("cancel"))
        .end("cancelled")
        .nonInterrupting("also", "a", message("also"))
        .user("aside")
        .end("asided")
        .boundary("on-error", "a", anyError())
        .service("mend")
        .end("mended");
  }

  @Test
  void boundaryEventsAreThereOnceForAllRuns() {
    started(withBoundaries(false))
        .thenWaits("a work", "a work", "a work", "cancel message", "also message")
        .when(deliver("also"))
        .thenWaits("a work", "a work", "a work", "cancel message", "also message", "aside task")
        .whenCompleted("a", "a", "a")
        .thenWaits("b work", "aside task");
    started(withBoundaries(true))
        .whenCompleted("a")
        .thenWaits("a work", "cancel message", "also message");
  }

  @Test
  void anInterruptingOneEndsAllRuns() {
    started(withBoundaries(false)).whenCompleted("a").when(deliver("cancel")).thenEnds();
    started(withBoundaries(true)).whenCompleted("a").when(deliver("cancel")).thenEnds();
  }

  @Test
  void anErrorOfOneRunIsCaughtOnAllOfThem() {
    Scenario scenario = started(withBoundaries(false)).when(error("a", "E")).thenWaits("mend work");
    assertThat(scenario.events())
        .filteredOn(event -> event instanceof Event.TokenCancelled gone && gone.failed())
        .hasSize(2);
    scenario.whenCompleted("mend").thenEnds();
  }

  @Test
  void anErrorThatNobodyCatchesFailsTheInstance() {
    started(row(each("all", false)), items("x", "y"))
        .when(error("a", "E"))
        .thenStatus(Status.FAILED);
  }

  // ---- sub-processes

  private static TestProcess subs(boolean sequential) {
    return process()
        .start("s")
        .loop(each("all", sequential))
        .sub(
            "sub",
            in ->
                in.start("is")
                    .parallel("fork")
                    .service("a")
                    .parallel("join")
                    .end("ie")
                    .from("fork")
                    .service("b")
                    .to("join")
                    .eventSub(
                        "event",
                        on -> on.start("es", TestProcess.error("IN")).service("x").end("ee")))
        .service("c")
        .end("e")
        .boundary("t", "sub", duration("PT1H"))
        .end("late");
  }

  @Test
  void aSubProcessHasItsOwnTokensInEachRun() {
    started(subs(false), items("x", "y"))
        .thenWaits("a work", "b work", "a work", "b work", "t timer")
        .whenCompleted("a", "a")
        .thenWaits("b work", "b work", "t timer")
        .whenCompleted("b", "b")
        .thenWaits("c work");
    started(subs(true), items("x", "y"))
        .whenCompleted("a", "b")
        .thenWaits("a work", "b work", "t timer")
        .whenCompleted("b", "a")
        .thenWaits("c work");
  }

  @Test
  void anEventSubProcessIsThatOfItsRun() {
    started(subs(false), items("x", "y"))
        .when(error("a", "IN"))
        .thenWaits("x work", "a work", "b work", "t timer")
        .whenCompleted("x")
        .thenWaits("a work", "b work", "t timer");
  }

  @Test
  void aTerminateEndInARunEndsThatAlone() {
    TestProcess process =
        process()
            .start("s")
            .loop(times(2, false, null))
            .sub(
                "sub",
                in ->
                    in.start("is")
                        .parallel("fork")
                        .service("a")
                        .end("kill", terminate())
                        .from("fork")
                        .service("b")
                        .end("ie"))
            .service("c")
            .end("e");
    started(process)
        .whenCompleted("a")
        .thenWaits("a work", "b work")
        .whenCompleted("a")
        .thenWaits("c work");
  }

  @Test
  void loopsNest() {
    Loop inner =
        new Loop.MultiInstance(
            true,
            new Loop.Source(null, needed("item"), "part"),
            Loop.Numbering.FROM_ZERO,
            null,
            List.of());
    TestProcess process =
        process()
            .start("s")
            .loop(each("all", false))
            .sub("sub", in -> in.start("is").loop(inner).service("a").end("ie"))
            .service("c")
            .end("e");
    Scenario scenario = started(process, items(List.of(1L, 2L), List.of(), List.of(3L)));
    assertThat(scenario.sent("a").variables()).containsEntry("part", 1L);
    scenario
        .thenWaits("a work", "a work")
        .whenCompleted("a", "a")
        .thenWaits("a work")
        .whenCompleted("a")
        .thenWaits("c work");
  }

  // ---- compensation

  @Test
  void eachCompletedRunIsCompensatedAndItsHandlerSeesWhatItWasFor() {
    TestProcess process =
        process()
            .start("s")
            .loop(each("all", false))
            .service("a")
            .compensatedBy("undo-a", "a")
            .from("a")
            .throwing("undo", compensation())
            .service("b")
            .end("e");
    Scenario scenario =
        started(process, items("x", "y"))
            .whenCompleted("a", "a")
            .thenWaits("undo-a work", "undo-a work");
    assertThat(scenario.sent("undo-a").variables()).containsEntry("item", "y");
    scenario.whenCompleted("undo-a", "undo-a").thenWaits("b work");
  }

  @Test
  void runsOfASubProcessAreCompensatedByWhatCompletedInThem() {
    TestProcess process =
        process()
            .start("s")
            .loop(each("all", true))
            .sub("sub", in -> in.start("is").service("a").compensatedBy("undo-a", "a").end("ie"))
            .throwing("undo", compensation("sub"))
            .service("b")
            .end("e");
    Scenario scenario =
        started(process, items("x", "y"))
            .whenCompleted("a", "a")
            .thenTokens("undo", "sub", "undo-a", "sub", "undo-a");
    assertThat(scenario.sent("undo-a").variables()).containsEntry("item", "y");
    scenario.whenCompleted("undo-a", "undo-a").thenWaits("b work");
  }

  @Test
  void aHandlerCanBeALoop() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .loop(times(2, true, null))
            .compensatedBy("undo-a", "a")
            .from("a")
            .throwing("undo", compensation())
            .end("e");
    started(process)
        .whenCompleted("a")
        .thenWaits("undo-a work")
        .whenCompleted("undo-a")
        .thenWaits("undo-a work")
        .whenCompleted("undo-a")
        .thenEnds();
  }

  // ---- what goes wrong

  @Test
  void aCollectionWithoutValueIsAnIncident() {
    started(row(each("all", false)))
        .thenIncidents("there is no variable all")
        .thenWaits()
        .when(set(items("x")))
        .when(retry())
        .thenWaits("a work");
    started(row(each("all", true)), Map.of("all", "text")).thenIncidents("is no list");
    started(row(times(-1, false, null))).thenIncidents("is no number of runs");
    started(row(times("many", false, null))).thenIncidents("is no number of runs");
  }

  @Test
  void aRunThatCannotBeginIsAnIncidentOfItsOwn() {
    TestProcess process =
        process()
            .start("s")
            .loop(each("all", false))
            .input("in", computed("late or not", seen -> need(seen, (String) seen.get("item"))))
            .service("a")
            .service("b")
            .end("e");
    Scenario scenario =
        started(process, Map.of("all", List.of("x", "y"), "x", 1L))
            .thenWaits("a work")
            .thenIncidents("no y")
            .whenCompleted("a")
            .thenRuns()
            .when(set(Map.of("y", 2L)))
            .when(retry());
    assertThat(scenario.sent("a").variables()).containsEntry("in", 2L).containsEntry("item", "y");
    scenario.whenCompleted("a").thenWaits("b work");
  }

  private static Object need(Map<String, Object> seen, String name) {
    if (!seen.containsKey(name)) {
      throw new Expression.EvaluationException("no " + name);
    }
    return seen.get(name);
  }

  @Test
  void aRunFailsAndIsRetriedAlone() {
    started(row(times(2, false, null)))
        .when(fail("a", false))
        .thenIncidents("broken")
        .when(retry())
        .whenCompleted("a", "a")
        .thenWaits("b work");
  }

  // ---- how much it costs

  @Test
  void thousandsOfRunsAreOneStep() {
    int runs = 5_000;
    List<Object> all = LongStream.range(0, runs).boxed().map(Object.class::cast).toList();
    ProcessGraph graph =
        process()
            .start("s")
            .loop(each("all", false))
            .script("a", "result", variable("item"))
            .loop(times(runs, false, null))
            .service("b")
            .end("e")
            .build();
    Decision.Accepted begun =
        (Decision.Accepted)
            Kernel.decide(
                graph,
                InstanceState.initial("i"),
                new Command.Start(null, null, 4, Map.of("all", all)),
                Scenario.BEGIN);
    assertThat(begun.state().variables()).containsEntry("results", all);
    assertThat(begun.effects()).hasSize(runs);
    // Six for each script, three for each service task, and what is around them.
    assertThat(begun.events()).hasSize(6 * runs + 3 * runs + 10);
  }
}
