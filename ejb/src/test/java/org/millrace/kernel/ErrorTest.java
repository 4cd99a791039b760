package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.*;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.Status;

/** Errors: who catches them, and what becomes of the instance where nobody does. */
class ErrorTest {

  private static TestProcess caught(String... codes) {
    TestProcess process = process().start("s").service("a").end("e");
    for (String code : codes) {
      process
          .boundary("on-" + code, "a", code == null ? anyError() : error(code))
          .service("after-" + code);
    }
    return process;
  }

  @Test
  void anErrorIsCaughtByItsCode() {
    Scenario scenario =
        started(caught("DECLINED", "STOLEN"))
            .thenWaits("a work")
            .when(error("a", "STOLEN", Map.of("card", "x")))
            .thenVariable("card", "x")
            .thenWaits("after-STOLEN work")
            .thenEntered("on-STOLEN", "after-STOLEN");
    assertThat(scenario.events())
        .filteredOn(Event.TokenCancelled.class::isInstance)
        .extracting(Event.TokenCancelled.class::cast)
        .allMatch(Event.TokenCancelled::failed)
        .hasSize(1);
  }

  @Test
  void aCodeThatNoMessageCouldCarryToACallerIsNotThrown() {
    started(caught("DECLINED"))
        .tried(error("a", "x".repeat(256)))
        .thenRejected("the error code has 256 characters; at most 255 are allowed")
        .thenWaits("a work")
        .tried(error("a", "a\0b"))
        .thenRejected("the error code holds a NUL character")
        .tried(escalate("a", "x".repeat(256)))
        .thenRejected("the escalation code has 256 characters; at most 255 are allowed")
        .when(error("a", "x".repeat(255)))
        .thenStatus(Status.FAILED);
  }

  @Test
  void theNamedErrorGoesBeforeAllOthersHoweverTheyAreDrawn() {
    started(caught(null, "DECLINED")).when(error("a", "DECLINED")).thenWaits("after-DECLINED work");
    started(caught(null, "DECLINED")).when(error("a", "OTHER")).thenWaits("after-null work");
    TestProcess within =
        process()
            .start("s")
            .service("a")
            .end("e")
            .eventSub("all", in -> in.start("es1", anyError()).service("x"))
            .eventSub("named", in -> in.start("es2", error("DECLINED")).service("y"));
    started(within).when(error("a", "DECLINED")).thenWaits("y work");
  }

  @Test
  void anUncaughtErrorFailsTheInstance() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .end("e")
            .boundary("on", "a", error("OTHER"))
            .from("fork")
            .user("b");
    Scenario scenario =
        started(process).when(error("a", "DECLINED")).thenStatus(Status.FAILED).thenWaits();
    assertThat(scenario.state().reason()).isEqualTo("DECLINED");
    assertThat(scenario.events())
        .filteredOn(Event.TokenCancelled.class::isInstance)
        .extracting(event -> ((Event.TokenCancelled) event).failed())
        .containsExactlyInAnyOrder(true, false);
  }

  @Test
  void anEndEventThatThrowsHasNotFailedItself() {
    TestProcess process =
        process()
            .start("s")
            .sub("sub", in -> in.start("is").user("a").end("ie", thrown("END")))
            .end("e")
            .boundary("on", "sub", error("END"))
            .service("x");
    Scenario scenario = started(process).when(complete("a")).thenWaits("x work");
    assertThat(scenario.events())
        .filteredOn(Event.TokenCancelled.class::isInstance)
        .as("the sub-process alone")
        .hasSize(1);
    assertThat(scenario.events()).hasAtLeastOneElementOfType(Event.TokenConsumed.class);
  }

  @Test
  void aTaskCanEndWithAnErrorToo() {
    TestProcess process =
        process().start("s").user("a").end("e").boundary("on", "a", anyError()).service("x");
    started(process).when(error("a", "NO")).thenWaits("x work");
  }

  private static TestProcess deep(Consumer<TestProcess> inMiddle) {
    return process()
        .start("s")
        .parallel("fork")
        .sub(
            "outer",
            out -> {
              out.start("os")
                  .sub(
                      "middle",
                      mid -> {
                        mid.start("ms")
                            .sub(
                                "inner", in -> in.start("is").service("a").end("ie", thrown("END")))
                            .end("me");
                        inMiddle.accept(mid);
                      })
                  .end("oe");
            })
        .end("e")
        .boundary("on", "outer", anyError())
        .service("x")
        .from("fork")
        .service("b");
  }

  @Test
  void anErrorGoesOutwardsUntilItIsCaught() {
    started(deep(mid -> {}))
        .when(error("a", "E"))
        .thenTokens("x", "b")
        .thenWaits("x work", "b work");
  }

  @Test
  void anErrorEndThrowsToo() {
    started(deep(mid -> {})).whenCompleted("a").thenTokens("x", "b");
    Scenario scenario =
        started(process().start("s").service("a").end("end", thrown("END")))
            .whenCompleted("a")
            .thenStatus(Status.FAILED);
    assertThat(scenario.state().reason()).isEqualTo("END");
  }

  @Test
  void anEventSubProcessOnTheWayCatchesIt() {
    started(
            deep(
                mid ->
                    mid.eventSub("event", in -> in.start("es", error("E")).service("y").end("ye"))))
        .thenWaits("a work", "b work")
        .when(error("a", "E"))
        .thenTokens("outer", "middle", "event", "y", "b")
        .whenCompleted("y")
        .thenTokens("b");
  }

  @Test
  void anEventSubProcessGoesBeforeTheEventOnItsSubProcess() {
    TestProcess process =
        process()
            .start("s")
            .sub(
                "sub",
                in ->
                    in.start("is")
                        .service("a")
                        .end("ie")
                        .eventSub("event", on -> on.start("es", anyError()).service("x").end("ee")))
            .end("e")
            .boundary("on", "sub", error("E"))
            .service("y");
    started(process).when(error("a", "E")).thenWaits("x work");
  }

  @Test
  void anErrorFromAnEventSubProcessGoesOutwards() {
    TestProcess process =
        process()
            .start("s")
            .sub(
                "sub",
                in ->
                    in.start("is")
                        .service("a")
                        .end("ie")
                        .eventSub(
                            "event",
                            on ->
                                on.start("es", error("E")).service("x").end("again", thrown("E"))))
            .end("e")
            .boundary("on", "sub", error("E"))
            .service("y");
    started(process)
        .when(error("a", "E"))
        .thenWaits("x work")
        .whenCompleted("x")
        .thenTokens("y")
        .thenWaits("y work");
  }

  @Test
  void anErrorFromAnEventSubProcessIsCaughtByAnotherBesideIt() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .end("e")
            .eventSub(
                "also", in -> in.nonInterruptingStart("es", message("m")).end("ee", thrown("E")))
            .eventSub("on", in -> in.start("es2", error("E")).service("x").end("xe"));
    started(process).when(deliver("es")).thenTokens("on", "x");
  }

  @Test
  void anErrorInTheProcessOfAnEventSubProcessFailsTheInstance() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .end("e")
            .eventSub("on", in -> in.start("es", anyError()).end("ee", thrown("E2")));
    Scenario scenario = started(process).when(error("a", "E")).thenStatus(Status.FAILED);
    assertThat(scenario.state().reason()).isEqualTo("E2");
  }

  @Test
  void anErrorForAnOldAttemptIsStale() {
    Scenario scenario = started(caught("E"));
    Command old = error("a", "E").on(scenario.state());
    scenario.when(fail("a")).tried(state -> old).thenRejected(Kind.STALE);
  }
}
