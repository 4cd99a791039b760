package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.deliver;
import static org.millrace.kernel.Action.error;
import static org.millrace.kernel.Expressions.value;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.anyError;
import static org.millrace.kernel.TestProcess.cancelled;
import static org.millrace.kernel.TestProcess.compensation;
import static org.millrace.kernel.TestProcess.message;
import static org.millrace.kernel.TestProcess.process;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Loop;

/** Transactions: success, cancel and hazard. */
class TransactionTest {

  private static TestProcess booking() {
    return process().start("s").transaction("booking", TransactionTest::content).service("paid");
  }

  /** Hotel and flight side by side, each compensable; then a choice by hand: cancel or end. */
  private static void content(TestProcess in) {
    in.start("is")
        .parallel("fork")
        .service("hotel")
        .compensatedBy("undo-hotel", "hotel")
        .from("hotel")
        .parallel("join")
        .end("ie")
        .from("fork")
        .service("flight")
        .compensatedBy("undo-flight", "flight")
        .from("flight")
        .to("join")
        .from("fork")
        .user("no")
        .end("cancel", cancelled())
        .from("fork")
        .receive("slow", "m")
        .end("slow-end");
  }

  private static TestProcess whole() {
    return booking()
        .end("e")
        .boundary("cancelled", "booking", cancelled())
        .service("tell")
        .end("told")
        .boundary("hazard", "booking", anyError())
        .service("help")
        .end("helped")
        .boundary("stop", "booking", message("stop"))
        .end("stopped");
  }

  @Test
  void aTransactionThatCompletesGoesOnLikeASubProcess() {
    TestProcess process =
        process().start("s").transaction("t", in -> in.start("is").service("a").end("ie")).end("e");
    started(process).thenTokens("t", "a").whenCompleted("a").thenEnds();
  }

  @Test
  void aCancelEndsAllCompensatesAndGoesOnAtTheBorder() {
    started(whole())
        .thenWaits("hotel work", "flight work", "no task", "slow message", "stop message")
        .whenCompleted("hotel", "flight", "no")
        .thenTokens("booking", "cancel", "undo-hotel", "undo-flight")
        .thenWaits("undo-hotel work", "undo-flight work")
        .thenSends("undo-flight 1 PT0S", "undo-hotel 1 PT0S")
        .whenCompleted("undo-flight")
        .thenWaits("undo-hotel work")
        .whenCompleted("undo-hotel")
        .thenWaits("tell work")
        .thenTokens("tell")
        .whenCompleted("tell")
        .thenEnds();
  }

  @Test
  void whatHasNotCompletedIsCancelledWithoutCompensation() {
    started(whole())
        .whenCompleted("hotel", "no")
        .thenWaits("undo-hotel work")
        .whenCompleted("undo-hotel")
        .thenWaits("tell work");
  }

  @Test
  void withNothingCompletedItGoesOnAtOnce() {
    Scenario scenario = started(whole()).whenCompleted("no").thenWaits("tell work");
    assertThat(scenario.events())
        .filteredOn(Event.TokenCancelled.class::isInstance)
        .as("hotel, flight, slow and the transaction itself")
        .hasSize(4);
  }

  @Test
  void anErrorLeavesItWithoutCompensation() {
    started(whole()).whenCompleted("hotel").when(error("flight", "E")).thenWaits("help work");
  }

  @Test
  void anErrorOfAHandlerWhileItIsCancelledIsAHazard() {
    started(whole())
        .whenCompleted("hotel", "no")
        .when(error("undo-hotel", "E"))
        .thenWaits("help work");
  }

  @Test
  void anotherEventOnItsBorderCancelsWithoutCompensation() {
    started(whole()).whenCompleted("hotel").when(deliver("stop")).thenEnds();
  }

  @Test
  void aCompletedOneIsCompensatedLaterLikeASubProcess() {
    TestProcess process =
        process()
            .start("s")
            .transaction(
                "t", in -> in.start("is").service("a").compensatedBy("undo", "a").end("ie"))
            .throwing("throw", compensation())
            .end("e");
    started(process).whenCompleted("a").thenWaits("undo work").whenCompleted("undo").thenEnds();
  }

  @Test
  void anInnerOneIsCancelledAlone() {
    TestProcess process =
        process()
            .start("s")
            .transaction(
                "outer",
                out ->
                    out.start("os")
                        .service("a")
                        .compensatedBy("undo-a", "a")
                        .from("a")
                        .transaction(
                            "inner",
                            in ->
                                in.start("is")
                                    .service("b")
                                    .compensatedBy("undo-b", "b")
                                    .from("b")
                                    .end("inner-cancel", cancelled()))
                        .boundary("inner-cancelled", "inner", cancelled())
                        .user("c")
                        .end("outer-cancel", cancelled()))
            .boundary("outer-cancelled", "outer", cancelled())
            .end("e");
    started(process)
        .whenCompleted("a", "b")
        .thenWaits("undo-b work")
        .whenCompleted("undo-b")
        .thenWaits("c task")
        .whenCompleted("c")
        .thenWaits("undo-a work")
        .whenCompleted("undo-a")
        .thenEnds();
  }

  @Test
  void aCancelInAnOuterOneCompensatesAnInnerOneThatCompleted() {
    TestProcess process =
        process()
            .start("s")
            .transaction(
                "outer",
                out ->
                    out.start("os")
                        .transaction(
                            "inner",
                            in ->
                                in.start("is").service("b").compensatedBy("undo-b", "b").end("ie"))
                        .end("outer-cancel", cancelled()))
            .boundary("outer-cancelled", "outer", cancelled())
            .end("e");
    started(process)
        .whenCompleted("b")
        .thenTokens("outer", "outer-cancel", "inner", "undo-b")
        .whenCompleted("undo-b")
        .thenEnds();
  }

  @Test
  void aCancelOfOneOfSeveralRunsCompensatesThatAndEndsThemAll() {
    Loop twice =
        new Loop.MultiInstance(
            false,
            new Loop.Source(value(2L), null, null),
            Loop.Numbering.FROM_ZERO,
            null,
            List.of());
    TestProcess process =
        process()
            .start("s")
            .loop(twice)
            .transaction(
                "t",
                in ->
                    in.start("is")
                        .service("a")
                        .compensatedBy("undo-a", "a")
                        .from("a")
                        .user("no")
                        .end("cancel", cancelled()))
            .end("e")
            .boundary("cancelled", "t", cancelled())
            .service("tell")
            .end("told");
    started(process)
        .whenCompleted("a", "a", "no")
        .thenWaits("undo-a work", "no task")
        .whenCompleted("undo-a")
        .thenWaits("tell work");
  }
}
