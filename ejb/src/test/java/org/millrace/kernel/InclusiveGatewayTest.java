package org.millrace.kernel;

import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.*;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.graph.Expression;

/** Inclusive gateways: which flows they open, and whom they wait for. BPMN 2.0 section 13.4.3. */
class InclusiveGatewayTest {

  private static Expression chosen(String name) {
    return computed(name, v -> v.get("ways") instanceof List<?> ways && ways.contains(name));
  }

  private static Map<String, Object> ways(String... names) {
    return Map.of("ways", List.of(names));
  }

  /** Three ways, of which "c" is the default, and one after the join. */
  private static TestProcess threeWays() {
    return process()
        .start("s")
        .inclusive("split")
        .when(chosen("a"))
        .service("a")
        .inclusive("join")
        .service("after")
        .end("e")
        .from("split")
        .when(chosen("b"))
        .service("b")
        .to("join")
        .defaultFlow("split", "c")
        .from(null)
        .service("c")
        .to("join");
  }

  @Test
  void allFlowsAreTakenWhoseConditionsHold() {
    started(threeWays(), ways("a", "b")).thenWaits("a work", "b work");
    started(threeWays(), ways("b")).thenWaits("b work");
  }

  @Test
  void theDefaultFlowIsTakenWhenNoOtherIs() {
    started(threeWays(), ways()).thenWaits("c work").whenCompleted("c").thenWaits("after work");
  }

  @Test
  void whereNoFlowIsOpenAnIncidentStandsUntilOneIs() {
    TestProcess process =
        process().start("s").inclusive("split").when(chosen("a")).service("a").end("e");
    started(process)
        .thenIncidents("no condition on the flows out of \"split\" holds")
        .thenTokens("split")
        .when(set(ways("a")))
        .when(retry())
        .thenIncidents()
        .thenWaits("a work");
  }

  @Test
  void theJoinWaitsForAllThatCanStillComeAndForNoMore() {
    started(threeWays(), ways("a", "b"))
        .whenCompleted("b")
        .thenTokens("a", "join")
        .thenWaits("a work")
        .whenCompleted("a")
        .thenWaits("after work")
        .whenCompleted("after")
        .thenEnds();
    started(threeWays(), ways("a")).whenCompleted("a").thenWaits("after work");
  }

  /** "b" goes on to the join, or ends elsewhere. */
  private static TestProcess oneMayLeave() {
    return process()
        .start("s")
        .parallel("fork")
        .service("a")
        .inclusive("join")
        .service("after")
        .end("e")
        .from("fork")
        .service("b")
        .exclusive("way")
        .when(chosen("join"))
        .to("join")
        .defaultFlow("way", "elsewhere")
        .from(null)
        .service("elsewhere")
        .end("e2");
  }

  @Test
  void theJoinGoesOnWhenTheTokenThatItWaitedForLeavesItsWay() {
    started(oneMayLeave())
        .whenCompleted("a")
        .thenWaits("b work")
        .whenCompleted("b")
        .thenWaits("after work", "elsewhere work");
    started(oneMayLeave(), ways("join"))
        .whenCompleted("a")
        .thenWaits("b work")
        .whenCompleted("b")
        .thenWaits("after work");
  }

  @Test
  void theJoinGoesOnWhenTheTokenThatItWaitedForEnds() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .inclusive("join")
            .service("after")
            .end("e")
            .from("fork")
            .service("b")
            .exclusive("way")
            .when(chosen("join"))
            .to("join")
            .defaultFlow("way", "gone")
            .from(null)
            .end("gone");
    started(process).whenCompleted("a", "b").thenWaits("after work");
  }

  @Test
  void theJoinGoesOnWhenTheTokenThatItWaitedForIsCancelled() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .inclusive("join")
            .service("after")
            .end("e")
            .from("fork")
            .user("b")
            .to("join")
            .boundary("cancelled", "b", message("cancel"))
            .end("gone");
    started(process)
        .whenCompleted("a")
        .thenWaits("b task", "cancelled message")
        .when(deliver("cancelled"))
        .thenWaits("after work");
  }

  @Test
  void theJoinWaitsForATokenInALoopBeforeIt() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .inclusive("join")
            .service("after")
            .end("e")
            .from("fork")
            .exclusive("again")
            .service("b")
            .exclusive("way")
            .when(chosen("on"))
            .to("join")
            .defaultFlow("way", "again");
    started(process)
        .whenCompleted("a", "b", "b")
        .thenWaits("b work")
        .when(complete("b", ways("on")))
        .thenWaits("after work");
  }

  @Test
  void aJoinInALoopWaitsForNoTokenBehindItself() {
    TestProcess process =
        process()
            .start("s")
            .inclusive("head")
            .service("body")
            .exclusive("way")
            .when(chosen("again"))
            .to("head")
            .defaultFlow("way", "e")
            .from(null)
            .end("e");
    started(process)
        .thenWaits("body work")
        .when(complete("body", ways("again")))
        .thenWaits("body work")
        .when(complete("body", ways()))
        .thenEnds();
  }

  /** Two tokens can come by the first flow into the join, none by the second. */
  private static TestProcess twoByOneFlow() {
    return process()
        .start("s")
        .inclusive("split")
        .when(chosen("a"))
        .service("a")
        .exclusive("merge")
        .inclusive("join")
        .service("after")
        .end("e")
        .from("split")
        .when(chosen("b"))
        .service("b")
        .to("merge")
        .from("split")
        .when(chosen("c"))
        .service("c")
        .to("join");
  }

  @Test
  void theJoinWaitsForNoSecondTokenByTheSameFlow() {
    started(twoByOneFlow(), ways("a", "b"))
        .whenCompleted("a")
        .thenWaits("b work", "after work")
        .whenCompleted("b")
        .thenWaits("after work", "after work");
  }

  @Test
  void aSecondTokenByTheSameFlowJoinsTheNextTime() {
    started(twoByOneFlow(), ways("a", "b", "c"))
        .whenCompleted("a", "b")
        .thenTokens("join", "join", "c")
        .thenWaits("c work")
        .whenCompleted("c")
        .thenWaits("after work", "after work");
  }

  @Test
  void ofTwoTokensByTheSameFlowEachGoesOnOnce() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .exclusive("merge")
            .inclusive("join")
            .service("after")
            .end("e")
            .from("fork")
            .service("b")
            .to("merge")
            .from("fork")
            .user("c")
            .to("join")
            .boundary("never", "c", message("never"))
            .end("e2");
    started(process)
        .whenCompleted("a", "b")
        .thenTokens("join", "join", "c")
        .when(deliver("never"))
        .thenWaits("after work", "after work");
  }

  @Test
  void theJoinWaitsForNoTokenThatCanComeWhereOneIsAlready() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .exclusive("m1")
            .inclusive("join")
            .service("after")
            .end("e")
            .from("fork")
            .service("b")
            .exclusive("way")
            .when(chosen("one"))
            .to("m1")
            .defaultFlow("way", "join");
    started(process).thenWaits("after work", "b work");
  }

  @Test
  void aTokenInASubProcessCountsAsOnTheSubProcess() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .inclusive("join")
            .service("after")
            .end("e")
            .from("fork")
            .sub(
                "sub",
                in -> in.start("is").parallel("both").service("x").end("ie").from("both").user("y"))
            .to("join");
    started(process)
        .whenCompleted("a", "x")
        .thenWaits("y task")
        .whenCompleted("y")
        .thenWaits("after work");
  }

  @Test
  void joinsOfTwoRunsOfASubProcessDoNotWaitForEachOther() {
    TestProcess process =
        process()
            .start("s")
            .parallel("twice")
            .exclusive("merge")
            .sub(
                "sub",
                in ->
                    in.start("is")
                        .inclusive("split")
                        .service("a")
                        .inclusive("join")
                        .service("after")
                        .end("ie")
                        .from("split")
                        .service("b")
                        .to("join"))
            .end("e")
            .from("twice")
            .to("merge");
    started(process)
        .thenWaits("a work", "b work", "a work", "b work")
        .whenCompleted("a", "a")
        .thenWaits("b work", "b work")
        .whenCompleted("b")
        .thenWaits("after work", "b work");
  }

  @Test
  void whatABoundaryEventWouldSendIsWaitedFor() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .inclusive("join")
            .service("after")
            .end("e")
            .from("fork")
            .user("b")
            .end("e2")
            .boundary("late", "b", duration("PT1H"))
            .to("join");
    started(process)
        .whenCompleted("a")
        .thenWaits("b task", "late timer")
        .when(fireEarly("late"))
        .thenWaits("after work");
    started(process).whenCompleted("a", "b").thenWaits("after work");
  }

  @Test
  void whatABoundaryEventWouldSendIsNotWaitedForWhereItCanComeByAFlowThatIsServed() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .exclusive("merge")
            .service("a")
            .inclusive("join")
            .service("after")
            .end("e")
            .from("a")
            .service("c")
            .to("join")
            .from("fork")
            .user("b")
            .end("e2")
            .boundary("late", "b", message("late"))
            .to("merge");
    started(process).whenCompleted("a", "c").thenWaits("b task", "late message", "after work");
  }

  @Test
  void aTokenOfAnEventSubProcessIsNotWaitedFor() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .inclusive("join")
            .service("after")
            .end("e")
            .from("fork")
            .service("b")
            .to("join")
            .eventSub(
                "aside", in -> in.nonInterruptingStart("asked", message("m")).user("t").end("te"));
    started(process)
        .when(deliver("asked"))
        .whenCompleted("a", "b")
        .thenWaits("t task", "asked message", "after work");
  }

  @Test
  void aTokenThatStandsAsAnIncidentIsWaitedFor() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .inclusive("join")
            .service("after")
            .end("e")
            .from("fork")
            .input("x", needed("x"))
            .service("b")
            .to("join");
    started(process)
        .whenCompleted("a")
        .thenIncidents("there is no variable x")
        .thenWaits()
        .when(set(Map.of("x", 1L)))
        .when(retry())
        .whenCompleted("b")
        .thenWaits("after work");
  }

  @Test
  void oneJoinWaitsForAnother() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .inclusive("first")
            .service("between")
            .inclusive("second")
            .service("after")
            .end("e")
            .from("fork")
            .service("b")
            .to("first")
            .from("fork")
            .service("c")
            .to("second");
    started(process)
        .whenCompleted("c", "a")
        .thenTokens("second", "first", "b")
        .whenCompleted("b")
        .thenWaits("between work")
        .whenCompleted("between")
        .thenWaits("after work");
  }

  @Test
  void everyOrderOfCompletionEndsAlike() {
    for (List<String> order :
        Set.of(
            List.of("a", "b", "c"),
            List.of("b", "c", "a"),
            List.of("c", "a", "b"),
            List.of("a", "c", "b"),
            List.of("b", "a", "c"),
            List.of("c", "b", "a"))) {
      TestProcess process =
          process()
              .start("s")
              .inclusive("split")
              .service("a")
              .inclusive("join")
              .service("after")
              .end("e")
              .from("split")
              .service("b")
              .to("join")
              .from("split")
              .service("c")
              .to("join");
      started(process)
          .whenCompleted(order.toArray(String[]::new))
          .thenWaits("after work")
          .whenCompleted("after")
          .thenEnds();
    }
  }

  @Test
  void aLoopOfInclusiveGatewaysWithoutAWaitIsStopped() {
    TestProcess process =
        process().start("s").inclusive("one").inclusive("two").to("one").from(null);
    started(process).thenIncidents("in a circle").thenRuns();
  }

  @Test
  void aThousandGatewaysInARowAreJoinedInOneStep() {
    TestProcess process = process().start("s").inclusive("g0");
    for (int i = 1; i <= 1_000; i++) {
      process.flow("g" + (i - 1), "x" + i).from(null).pass("x" + i).inclusive("g" + i);
      process.flow("g" + (i - 1), "y" + i).from(null).pass("y" + i).flow("y" + i, "g" + i);
      process.from("g" + i);
    }
    started(process.end("e")).thenEnds();
  }
}
