package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.*;
import static org.millrace.kernel.Scenario.given;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.command.Command;

/** Exclusive, parallel and event-based gateways, and flows out of other elements. */
class GatewayTest {

  private static TestProcess choice() {
    return process()
        .start("s")
        .exclusive("choice")
        .flow("choice", "big", computed("big", v -> v.get("big")))
        .flow("choice", "small", computed("small", v -> v.get("small")))
        .from(null)
        .service("big")
        .from(null)
        .service("small");
  }

  @Test
  void theFirstFlowWhoseConditionHoldsIsTaken() {
    started(choice(), Map.of("big", true, "small", true)).thenWaits("big work");
    started(choice(), Map.of("big", false, "small", true)).thenWaits("small work");
  }

  @Test
  void theDefaultFlowIsTakenWhenNoOtherIs() {
    Map<String, Object> neither = Map.of("big", false, "small", false);
    TestProcess withDefault = choice().from(null).service("other").defaultFlow("choice", "other");
    started(withDefault, neither).thenWaits("other work");
    started(withDefault, Map.of("big", true)).thenWaits("big work");
  }

  @Test
  void whereNoFlowIsOpenAnIncidentStandsUntilOneIs() {
    started(choice(), Map.of("big", false, "small", false))
        .thenIncidents("no condition on the flows out of \"choice\" holds")
        .thenTokens("choice")
        .thenRuns()
        .when(set(Map.of("small", true)))
        .thenIncidents("no condition")
        .when(retry())
        .thenIncidents()
        .thenWaits("small work");
  }

  @Test
  void aConditionMustBeTrueOrFalse() {
    started(choice(), Map.of("big", 1L)).thenIncidents("neither true nor false");
    started(choice()).thenIncidents("neither true nor false");
  }

  private static TestProcess forkAndJoin() {
    return process()
        .start("s")
        .parallel("fork")
        .service("a")
        .parallel("join")
        .end("e")
        .from("fork")
        .service("b")
        .to("join");
  }

  @Test
  void aParallelGatewaySplitsAndJoins() {
    started(forkAndJoin())
        .thenWaits("a work", "b work")
        .whenCompleted("b")
        .thenTokens("a", "join")
        .thenRuns()
        .whenCompleted("a")
        .thenEnds();
  }

  @Test
  void aJoinThatFollowsASplitAtOnceLetsOneTokenPass() {
    started(
            process()
                .start("s")
                .parallel("fork")
                .parallel("join")
                .service("a")
                .end("e")
                .from("fork")
                .exclusive("way")
                .to("join"))
        .thenTokens("a")
        .thenWaits("a work");
  }

  @Test
  void twoTokensByTheSameFlowDoNotJoin() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .exclusive("merge")
            .service("a")
            .parallel("join")
            .end("e")
            .from("fork")
            .to("merge")
            .from("fork")
            .service("b")
            .to("join");
    started(process)
        .thenWaits("a work", "a work", "b work")
        .whenCompleted("a", "a")
        .thenTokens("join", "join", "b")
        .whenCompleted("b")
        .thenTokens("join")
        .thenWaits()
        .thenRuns();
  }

  @Test
  void aJoinFiresForEachSetOfTokens() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .exclusive("m1")
            .service("a")
            .parallel("join")
            .service("c")
            .end("e")
            .from("fork")
            .to("m1")
            .from("fork")
            .exclusive("m2")
            .service("b")
            .to("join")
            .from("fork")
            .to("m2");
    started(process)
        .whenCompleted("a", "b")
        .thenWaits("a work", "b work", "c work")
        .whenCompleted("b", "a")
        .thenWaits("c work", "c work")
        .whenCompleted("c", "c")
        .thenEnds();
  }

  @Test
  void aJoinWithinASubProcessCountsItsOwnScopeAlone() {
    TestProcess process =
        process()
            .start("s")
            .parallel("twice")
            .exclusive("merge")
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
                        .to("join"))
            .end("e")
            .from("twice")
            .to("merge");
    started(process)
        .thenWaits("a work", "b work", "a work", "b work")
        .whenCompleted("a", "a")
        .thenTokens("sub", "sub", "join", "join", "b", "b")
        .whenCompleted("b")
        .thenTokens("sub", "join", "b")
        .whenCompleted("b")
        .thenEnds();
  }

  @Test
  void withoutAGatewayEachTokenGoesOnAlone() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .service("c")
            .end("e")
            .from("fork")
            .service("b")
            .to("c");
    started(process)
        .whenCompleted("a", "b")
        .thenWaits("c work", "c work")
        .whenCompleted("c")
        .thenRuns()
        .whenCompleted("c")
        .thenEnds();
  }

  @Test
  void aTaskSendsATokenByEachOpenFlow() {
    started(process().start("s").service("a").service("b").end("e").from("a").service("c"))
        .whenCompleted("a")
        .thenWaits("b work", "c work")
        .whenCompleted("b", "c")
        .thenEnds();
  }

  @Test
  void conditionalFlowsOutOfATaskAreAllTakenThatHold() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .flow("a", "x", variable("x"))
            .flow("a", "y", variable("y"))
            .defaultFlow("a", "z")
            .from(null)
            .service("x")
            .from(null)
            .service("y")
            .from(null)
            .service("z");
    Scenario scenario = started(process);
    scenario.when(complete("a", Map.of("x", true, "y", true))).thenWaits("x work", "y work");
    started(process).when(complete("a", Map.of("x", false, "y", true))).thenWaits("y work");
    started(process).when(complete("a", Map.of("x", false, "y", false))).thenWaits("z work");
  }

  @Test
  void aTaskWhoseWayOnIsUnknownIsDoneAllTheSame() {
    TestProcess process =
        process().start("s").service("a").flow("a", "x", variable("x")).from(null).service("x");
    started(process)
        .when(complete("a", Map.of("x", "?")))
        .thenIncidents("neither true nor false")
        .thenWaits()
        .when(set(Map.of("x", true)))
        .when(retry())
        .thenWaits("x work")
        .thenSends("x 1 PT0S");
  }

  private static TestProcess race() {
    return process()
        .start("s")
        .eventBased("first")
        .catching("paid", message("payment"))
        .service("ship")
        .end("e")
        .from("first")
        .catching("late", duration("PT1H"))
        .service("remind")
        .from("first")
        .receive("refused", "refusal")
        .service("close");
  }

  @Test
  void theFirstOfSeveralEventsDecidesTheWay() {
    started(race())
        .thenTokens("first")
        .thenWaits("paid message", "late timer", "refused message")
        .thenSchedules("late 2026-01-01T01:00:00Z")
        .when(deliver("paid", Map.of("amount", 1L)))
        .thenVariable("amount", 1L)
        .thenEntered("paid", "ship")
        .thenWaits("ship work");
    started(race())
        .after(Duration.ofHours(1))
        .when(fire("late"))
        .thenEntered("late", "remind")
        .thenWaits("remind work");
  }

  @Test
  void aReceiveTaskBehindTheGatewayIsDoneByItsMessage() {
    started(race())
        .when(deliver("refused", Map.of("why", "x")))
        .thenVariable("why", "x")
        .thenEntered("refused", "close")
        .thenWaits("close work");
  }

  @Test
  void theLosersOfTheRaceAreStale() {
    Scenario scenario = started(race());
    Command loser = deliver("refused").on(scenario.state());
    scenario.when(deliver("paid")).tried(state -> loser).thenRejected(Kind.STALE);
  }

  @Test
  void aLoopWithoutAWaitIsStoppedAsAnIncident() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .exclusive("again")
            .pass("step")
            .flow("step", "again")
            .from("fork")
            .service("a");
    started(process).thenIncidents("in a circle").thenWaits("a work").whenCompleted("a").thenRuns();
  }

  @Test
  void aLoopThatSplitsIsStoppedToo() {
    TestProcess process =
        process()
            .start("s")
            .exclusive("again")
            .parallel("fork")
            .to("again")
            .from("fork")
            .to("again");
    Scenario scenario = given(process);
    Decision decision =
        Kernel.decide(
            process.build(), scenario.state(), start().on(scenario.state()), Scenario.BEGIN);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    assertThat(((Decision.Accepted) decision).state().incidents()).isNotEmpty();
  }
}
