package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.*;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.state.Status;

/** Compensation: what is compensated, in which order, and what the handlers see. */
class CompensationTest {

  private static TestProcess order(EventDefinition thrown) {
    return process()
        .start("s")
        .service("reserve")
        .compensatedBy("release", "reserve")
        .service("charge")
        .compensatedBy("refund", "charge")
        .service("ship")
        .throwing("undo", thrown)
        .service("after")
        .end("e");
  }

  @Test
  void whatHasCompletedIsCompensatedNewestFirst() {
    Scenario scenario =
        started(order(compensation()), Map.of("amount", 7L))
            .when(complete("reserve", Map.of("stock", "A")))
            .whenCompleted("charge", "ship")
            .thenTokens("undo", "refund", "release")
            .thenSends("refund 1 PT0S", "release 1 PT0S");
    assertThat(scenario.sent("release").variables()).isEqualTo(Map.of("amount", 7L, "stock", "A"));
    scenario
        .when(complete("refund", Map.of("refunded", true)))
        .thenVariable("refunded", true)
        .thenTokens("undo", "release")
        .whenCompleted("release")
        .thenWaits("after work")
        .whenCompleted("after")
        .thenEnds();
  }

  @Test
  void oneActivityAloneCanBeCompensated() {
    started(order(compensation("charge")))
        .whenCompleted("reserve", "charge", "ship")
        .thenWaits("refund work")
        .whenCompleted("refund")
        .thenWaits("after work");
  }

  @Test
  void whatIsCompensatedIsNotCompensatedAgain() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .compensatedBy("undo-a", "a")
            .throwing("first", compensation())
            .throwing("second", compensation())
            .end("e");
    started(process).whenCompleted("a").thenWaits("undo-a work").whenCompleted("undo-a").thenEnds();
  }

  @Test
  void anActivityThatCompletedTwiceIsCompensatedTwice() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .exclusive("merge")
            .service("a")
            .compensatedBy("undo-a", "a")
            .parallel("join")
            .throwing("undo", compensation())
            .end("e")
            .from("fork")
            .to("merge");
    started(process).whenCompleted("a", "a").thenWaits("undo-a work", "undo-a work");
  }

  @Test
  void withNothingToCompensateTheTokenGoesOn() {
    TestProcess process =
        process().start("s").service("a").throwing("undo", compensation()).end("e");
    started(process).whenCompleted("a").thenEnds();
  }

  @Test
  void whatHasNotCompletedIsNotCompensated() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .compensatedBy("undo-a", "a")
            .end("e")
            .from("fork")
            .service("b")
            .end("undo", compensation());
    started(process).whenCompleted("b").thenWaits("a work").whenCompleted("a").thenEnds();
  }

  @Test
  void anEndEventCompensatesAndEnds() {
    TestProcess process =
        process().start("s").service("a").compensatedBy("undo-a", "a").end("undo", compensation());
    started(process)
        .whenCompleted("a")
        .thenTokens("undo", "undo-a")
        .whenCompleted("undo-a")
        .thenEnds();
  }

  private static TestProcess nested() {
    return process()
        .start("s")
        .input("local", value("of the sub-process"))
        .output("out", value(1L))
        .sub(
            "sub",
            in ->
                in.start("is")
                    .service("a")
                    .compensatedBy("undo-a", "a")
                    .sub(
                        "deep",
                        deep ->
                            deep.start("ds").service("b").compensatedBy("undo-b", "b").end("de"))
                    .service("c")
                    .end("ie"))
        .boundary("on", "sub", anyError())
        .service("wrong")
        .from("sub")
        .service("d")
        .throwing("undo", compensation())
        .service("after")
        .end("e");
  }

  @Test
  void aCompletedSubProcessIsCompensatedByWhatCompletedInIt() {
    Scenario scenario =
        started(nested())
            .whenCompleted("a", "b", "c")
            .when(set(Map.of("out", 2L)))
            .whenCompleted("d")
            .thenTokens("undo", "sub", "deep", "undo-b", "undo-a")
            .thenWaits("undo-a work", "undo-b work");
    assertThat(scenario.sent("undo-b").variables()).containsEntry("local", "of the sub-process");
    scenario
        .whenCompleted("undo-b")
        .thenTokens("undo", "sub", "undo-a")
        .whenCompleted("undo-a")
        .thenTokens("after")
        .thenVariable("out", 2L)
        .whenCompleted("after")
        .thenEnds();
  }

  @Test
  void anErrorOfAHandlerIsNotCaughtOnTheSubProcessThatHasCompleted() {
    started(nested())
        .whenCompleted("a", "b", "c", "d")
        .when(error("undo-b", "E"))
        .thenStatus(Status.FAILED);
  }

  @Test
  void aHandlerBesideASubProcessIsCalledWithThoseInIt() {
    TestProcess process =
        process()
            .start("s")
            .sub("sub", in -> in.start("is").service("a").compensatedBy("undo-a", "a").end("ie"))
            .compensatedBy("undo-sub", "sub")
            .end("undo", compensation("sub"));
    started(process)
        .whenCompleted("a")
        .thenWaits("undo-sub work", "undo-a work")
        .whenCompleted("undo-sub", "undo-a")
        .thenEnds();
  }

  @Test
  void aHandlerCanBeASubProcess() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .compensatedBy(
                "undo-a",
                "a",
                in ->
                    in.start("us").service("x").compensatedBy("undo-x", "x").service("y").end("ue"))
            .throwing("undo", compensation())
            .throwing("again", compensation())
            .end("e");
    started(process)
        .whenCompleted("a")
        .thenTokens("undo", "undo-a", "x")
        .whenCompleted("x")
        .thenWaits("y work")
        .whenCompleted("y")
        .thenEnds();
  }

  @Test
  void anEventSubProcessCompensatesWhatCompletedAroundIt() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .compensatedBy("undo-a", "a")
            .service("b")
            .compensatedBy("undo-b", "b")
            .service("c")
            .end("e")
            .eventSub(
                "cancel",
                in ->
                    in.start("cs", message("cancel"))
                        .service("x")
                        .compensatedBy("undo-x", "x")
                        .throwing("undo", compensation())
                        .end("ce"));
    started(process)
        .whenCompleted("a", "b")
        .when(deliver("cs"))
        .whenCompleted("x")
        .thenSends("undo-x 1 PT0S", "undo-b 1 PT0S", "undo-a 1 PT0S")
        .thenTokens("cancel", "undo", "undo-a", "undo-b", "undo-x")
        .whenCompleted("undo-a", "undo-b", "undo-x")
        .thenEnds();
  }

  @Test
  void aSubProcessCompensatesWhatCompletedInItself() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .compensatedBy("undo-a", "a")
            .sub(
                "sub",
                in ->
                    in.start("is")
                        .service("b")
                        .compensatedBy("undo-b", "b")
                        .throwing("undo", compensation())
                        .end("ie"))
            .end("e");
    started(process)
        .whenCompleted("a", "b")
        .thenWaits("undo-b work")
        .whenCompleted("undo-b")
        .thenEnds();
  }

  @Test
  void whatIsCancelledWithinASubProcessIsNoLongerCompensated() {
    TestProcess process =
        process()
            .start("s")
            .sub(
                "sub",
                in ->
                    in.start("is").service("a").compensatedBy("undo-a", "a").service("b").end("ie"))
            .end("e")
            .boundary("stop", "sub", message("stop"))
            .end("undo", compensation());
    started(process).whenCompleted("a").when(deliver("stop")).thenEnds();
  }

  private static TestProcess withCompensationEvent(Consumer<TestProcess> content) {
    return process()
        .start("s")
        .input("local", value(1L))
        .sub(
            "sub",
            in ->
                in.start("is")
                    .service("a")
                    .compensatedBy("undo-a", "a")
                    .end("ie")
                    .eventSub(
                        "event",
                        on ->
                            content.accept(
                                on.start("es", new EventDefinition.CompensationStart()))))
        .throwing("undo", compensation())
        .service("after")
        .end("e");
  }

  @Test
  void anEventSubProcessCanCompensateItsSubProcess() {
    Scenario scenario =
        started(withCompensationEvent(on -> on.service("x").end("ee")))
            .thenWaits("a work")
            .whenCompleted("a")
            .thenTokens("undo", "sub", "event", "x");
    assertThat(scenario.sent("x").variables()).containsEntry("local", 1L);
    scenario.whenCompleted("x").thenTokens("after");
  }

  @Test
  void itCanThrowOnToWhatCompletedInItsSubProcess() {
    started(withCompensationEvent(on -> on.service("x").throwing("on", compensation()).end("ee")))
        .whenCompleted("a", "x")
        .thenTokens("undo", "sub", "event", "on", "undo-a")
        .whenCompleted("undo-a")
        .thenTokens("after");
  }

  @Test
  void aHandlerFailsAndIsRetriedLikeAnyWork() {
    started(order(compensation("charge")))
        .whenCompleted("reserve", "charge", "ship")
        .when(fail("refund", false))
        .thenIncidents("broken")
        .when(retry())
        .thenSends("refund 2 PT0S")
        .whenCompleted("refund")
        .thenWaits("after work");
  }

  @Test
  void theWayOutOfAHandlersErrorIsFollowed() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .compensatedBy("undo-a", "a")
            .throwing("undo", compensation())
            .service("after")
            .end("e")
            .boundary("on", "undo-a", anyError())
            .user("by-hand")
            .end("done");
    started(process)
        .whenCompleted("a")
        .when(error("undo-a", "E"))
        .thenTokens("undo", "by-hand")
        .whenCompleted("by-hand")
        .thenTokens("after");
  }

  @Test
  void theTokenNeedNotWaitForTheCompensation() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .compensatedBy("undo-a", "a")
            .throwing("undo", new EventDefinition.CompensationThrow(null, false))
            .service("b")
            .throwing("again", new EventDefinition.CompensationThrow(null, false))
            .end("e");
    started(process)
        .whenCompleted("a")
        .thenWaits("undo-a work", "b work")
        .thenTokens("b", "undo", "undo-a")
        .whenCompleted("b")
        .thenRuns()
        .whenCompleted("undo-a")
        .thenEnds();
  }
}
