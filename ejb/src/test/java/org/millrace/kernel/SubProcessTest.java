package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.*;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Status;

/** Embedded sub-processes, event sub-processes, terminate ends. */
class SubProcessTest {

  private static TestProcess nested() {
    return process()
        .start("s")
        .sub(
            "outer",
            out ->
                out.start("os")
                    .sub("inner", in -> in.start("is").service("a").end("ie"))
                    .service("b")
                    .end("oe"))
        .service("c")
        .end("e");
  }

  @Test
  void aSubProcessCompletesWhenNoTokenIsLeftInIt() {
    started(nested())
        .thenTokens("outer", "inner", "a")
        .whenCompleted("a")
        .thenTokens("outer", "b")
        .whenCompleted("b")
        .thenTokens("c")
        .whenCompleted("c")
        .thenEnds();
  }

  @Test
  void aSubProcessWaitsForAllItsTokens() {
    TestProcess process =
        process()
            .start("s")
            .sub(
                "sub",
                in -> in.start("is").service("a").end("ie").from("is").service("b").end("ie2"))
            .end("e");
    started(process).whenCompleted("a").thenTokens("sub", "b").whenCompleted("b").thenEnds();
  }

  @Test
  void aTerminateEndEndsTheProcess() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .end("kill", terminate())
            .from("fork")
            .sub("sub", in -> in.start("is").service("b").end("ie"))
            .boundary("t", "sub", duration("PT1H"));
    Scenario scenario =
        started(process).whenCompleted("a").thenStatus(Status.TERMINATED).thenWaits();
    assertThat(scenario.events()).filteredOn(Event.TokenConsumed.class::isInstance).hasSize(1);
    assertThat(scenario.events()).filteredOn(Event.TokenCancelled.class::isInstance).hasSize(2);
  }

  @Test
  void aTerminateEndInASubProcessEndsThatAlone() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .sub(
                "sub",
                in ->
                    in.start("is")
                        .parallel("if")
                        .service("a")
                        .end("kill", terminate())
                        .from("if")
                        .service("b")
                        .end("ie"))
            .service("c")
            .end("e")
            .from("fork")
            .service("d");
    started(process)
        .whenCompleted("a")
        .thenWaits("c work", "d work")
        .whenCompleted("c", "d")
        .thenEnds();
  }

  private static TestProcess withEvent(Consumer<TestProcess> event) {
    return process()
        .start("s")
        .sub(
            "sub",
            in -> in.start("is").service("a").service("b").end("ie").eventSub("event", event))
        .boundary("cancel", "sub", message("cancel"))
        .end("cancelled")
        .from("sub")
        .service("c")
        .end("e");
  }

  @Test
  void anEventSubProcessThatDoesNotComeIsForgottenWithItsScope() {
    TestProcess process = withEvent(in -> in.start("es", message("stop")).service("x").end("ee"));
    started(process)
        .thenWaits("a work", "cancel message", "es message")
        .whenCompleted("a", "b")
        .thenWaits("c work");
  }

  @Test
  void anInterruptingOneEndsAllElseInItsScope() {
    TestProcess process = withEvent(in -> in.start("es", message("stop")).service("x").end("ee"));
    started(process)
        .whenCompleted("a")
        .when(deliver("es", Map.of("why", "x")))
        .thenVariable("why", "x")
        .thenTokens("sub", "event", "x")
        .thenWaits("cancel message", "x work")
        .whenCompleted("x")
        .thenWaits("c work");
  }

  @Test
  void theEventOnTheSubProcessStaysWhenOneWithinInterrupts() {
    TestProcess process = withEvent(in -> in.start("es", message("stop")).service("x").end("ee"));
    started(process).when(deliver("es")).when(deliver("cancel")).thenEnds();
  }

  @Test
  void anInterruptingOneEndsTheSubscriptionsBesideIt() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .end("e")
            .eventSub("one", in -> in.start("m1", message("one")).service("x").end("xe"))
            .eventSub("two", in -> in.start("m2", message("two")).service("y").end("ye"))
            .eventSub(
                "three",
                in -> in.nonInterruptingStart("m3", message("three")).service("z").end("ze"));
    started(process)
        .thenWaits("a work", "m1 message", "m2 message", "m3 message")
        .when(deliver("m3"))
        .thenWaits("a work", "m1 message", "m2 message", "m3 message", "z work")
        .when(deliver("m1"))
        .thenWaits("x work")
        .whenCompleted("x")
        .thenEnds();
  }

  @Test
  void oneThatInterruptsNothingComesSeveralTimes() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .end("e")
            .eventSub(
                "event", in -> in.nonInterruptingStart("es", message("also")).user("x").end("ee"));
    started(process)
        .when(deliver("es"))
        .when(deliver("es"))
        .thenWaits("a work", "es message", "x task", "x task")
        .whenCompleted("a")
        .thenRuns()
        .whenCompleted("x")
        .thenRuns()
        .whenCompleted("x")
        .thenEnds();
  }

  @Test
  void itCanComeByTimer() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .end("e")
            .eventSub("stop", in -> in.start("t1", duration("PT1H")).service("x").end("xe"))
            .eventSub(
                "also",
                in -> in.nonInterruptingStart("t2", cycle("R2/PT20M")).service("y").end("ye"));
    started(process)
        .thenSchedules("t1 2026-01-01T01:00:00Z", "t2 2026-01-01T00:20:00Z")
        .after(Duration.ofMinutes(20))
        .when(fire("t2"))
        .thenSchedules("t2 2026-01-01T00:40:00Z")
        .after(Duration.ofMinutes(20))
        .when(fire("t2"))
        .thenWaits("a work", "t1 timer", "y work", "y work")
        .after(Duration.ofMinutes(20))
        .when(fire("t1"))
        .thenWaits("x work");
  }

  @Test
  void oneThatIsInterruptedMidwayLeavesNothing() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .end("e")
            .eventSub(
                "also",
                in ->
                    in.nonInterruptingStart("m1", message("also"))
                        .user("x")
                        .end("ee")
                        .boundary("late", "x", duration("PT1H"))
                        .end("le"))
            .eventSub("stop", in -> in.start("m2", message("stop")).service("y").end("ye"));
    started(process).when(deliver("m1")).when(deliver("m2")).thenTokens("stop", "y");
  }

  @Test
  void anEventSubProcessCanHoldAnotherOne() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .end("e")
            .eventSub(
                "outer",
                out ->
                    out.start("m1", message("one"))
                        .service("x")
                        .end("xe")
                        .eventSub(
                            "inner", in -> in.start("m2", message("two")).service("y").end("ye")));
    started(process)
        .thenWaits("a work", "m1 message")
        .when(deliver("m1"))
        .thenWaits("x work", "m2 message")
        .when(deliver("m2"))
        .thenTokens("outer", "inner", "y")
        .whenCompleted("y")
        .thenEnds();
  }

  @Test
  void aTerminateEndInAnEventSubProcessEndsThatAlone() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .end("e")
            .eventSub(
                "event",
                in ->
                    in.nonInterruptingStart("es", message("m"))
                        .parallel("fork")
                        .service("x")
                        .end("kill", terminate())
                        .from("fork")
                        .service("y"));
    started(process)
        .when(deliver("es"))
        .whenCompleted("x")
        .thenWaits("a work", "es message")
        .whenCompleted("a")
        .thenEnds();
  }

  @Test
  void aTimerOfTheProcessItselfCanBeAnIncident() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .end("e")
            .input("x", needed("given"))
            .eventSub("event", in -> in.start("es", duration("PT1H")).service("x").end("ee"));
    Scenario scenario =
        started(process)
            .after(Duration.ofHours(1))
            .when(fire("es"))
            .thenIncidents("there is no variable given")
            .thenTokens("a")
            .thenWaits("a work", "es timer");
    assertThat(scenario.state().incidents())
        .singleElement()
        .matches(incident -> incident.token() == Scope.NONE)
        .matches(incident -> incident.waitId() == scenario.wait("es").id());
    scenario
        .when(set(Map.of("given", 1L)))
        .when(retry())
        .thenSchedules("es 2026-01-01T01:00:00Z")
        .when(fire("es"))
        .thenTokens("event", "x");
  }

  @Test
  void anEmptyOneCompletesAtOnce() {
    started(process().start("s").sub("sub", in -> {}).service("a").end("e")).thenWaits("a work");
  }

  @Test
  void severalEndsAllHaveToBeReached() {
    TestProcess process =
        process()
            .start("s")
            .sub(
                "sub",
                in ->
                    in.start("is")
                        .parallel("fork")
                        .service("a")
                        .end("e1")
                        .from("fork")
                        .service("b")
                        .end("e2"))
            .service("c")
            .end("e");
    started(process).whenCompleted("a").thenWaits("b work").whenCompleted("b").thenWaits("c work");
  }
}
