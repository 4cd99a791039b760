package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.*;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.Status;

/** Cancel here, start there. */
class ModificationTest {

  private static TestProcess row() {
    return process().start("s").service("a").service("b").user("c").end("e");
  }

  @Test
  void aTokenIsMovedInOneStep() {
    started(row())
        .when(modify(List.of("a"), List.of("c"), Map.of("why", "it is paid")))
        .thenVariable("why", "it is paid")
        .thenWaits("c task")
        .whenCompleted("c")
        .thenEnds();
  }

  @Test
  void whatWasCancelledIsAnsweredNoMore() {
    Scenario scenario = started(row());
    var late = complete("a").on(scenario.state());
    scenario
        .when(modify(List.of("a"), List.of("b")))
        .thenSends("b 1 PT0S")
        .tried(state -> late)
        .thenRejected(Kind.STALE);
  }

  @Test
  void moreCanBeStartedBesideWhatRuns() {
    started(row())
        .when(modify(List.of(), List.of("b", "c")))
        .thenWaits("a work", "b work", "c task");
  }

  @Test
  void anInstanceThatNothingIsLeftInIsCancelled() {
    started(row()).when(modify(List.of("a"), List.of())).thenStatus(Status.CANCELLED);
  }

  @Test
  void theVariablesAreThereWhenSomethingStarts() {
    TestProcess process =
        process().start("s").service("a").input("y", needed("x")).service("b").end("e");
    started(process)
        .when(modify(List.of("a"), List.of("b"), Map.of("x", 1L)))
        .thenIncidents()
        .thenWaits("b work");
  }

  private static TestProcess nested() {
    return process()
        .start("s")
        .service("before")
        .input("own", value(7L))
        .sub(
            "outer",
            in ->
                in.start("os")
                    .service("x")
                    .sub("inner", deep -> deep.start("is").service("y").service("z").end("ie"))
                    .end("oe")
                    .eventSub(
                        "aside",
                        event ->
                            event.nonInterruptingStart("asked", message("m")).user("t").end("te")))
        .service("after")
        .end("e")
        .boundary("late", "outer", duration("PT1H"))
        .end("gone");
  }

  @Test
  void whatIsAroundAnActivityIsOpenedToStartIt() {
    started(nested())
        .when(modify(List.of("before"), List.of("z")))
        .thenTokens("outer", "inner", "z")
        .thenWaits("z work", "late timer", "asked message")
        .whenCompleted("z")
        .thenWaits("after work");
  }

  @Test
  void whatIsOpenOnceIsEntered() {
    Scenario scenario = started(nested()).whenCompleted("before", "x", "y");
    scenario
        .when(modify(List.of("z"), List.of("x")))
        .thenTokens("outer", "x")
        .thenWaits("x work", "late timer", "asked message");
    assertThat(scenario.events()).filteredOn(Event.ScopeOpened.class::isInstance).hasSize(1);
  }

  @Test
  void whatIsLeftEmptyEndsToo() {
    started(nested())
        .whenCompleted("before", "x", "y")
        .when(modify(List.of("z"), List.of("after")))
        .thenTokens("after")
        .thenWaits("after work");
  }

  @Test
  void cancellingASubProcessTakesAllInItAlong() {
    started(nested())
        .whenCompleted("before", "x")
        .when(modify(List.of("outer"), List.of("after")))
        .thenTokens("after")
        .thenWaits("after work");
  }

  @Test
  void aStartEventOfAnEventSubProcessCanBeStarted() {
    started(nested())
        .whenCompleted("before")
        .when(modify(List.of(), List.of("asked")))
        .thenWaits("x work", "t task", "late timer", "asked message");
  }

  @Test
  void whatIsOpenTwiceIsNotKnownWhichIsMeant() {
    TestProcess process =
        process()
            .start("s")
            .parallel("twice")
            .exclusive("merge")
            .sub("sub", in -> in.start("is").service("a").service("b").end("ie"))
            .end("e")
            .from("twice")
            .to("merge");
    started(process)
        .tried(modify(List.of(), List.of("b")))
        .thenRejected(Kind.INVALID)
        .when(modify(List.of("sub"), List.of("b")))
        .thenTokens("sub", "b");
  }

  @Test
  void aJoinGoesOnWhenWhatItWaitedForIsCancelled() {
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
            .to("join");
    started(process)
        .whenCompleted("a")
        .when(modify(List.of("b"), List.of()))
        .thenWaits("after work");
  }

  @Test
  void anIncidentGoesWithItsToken() {
    TestProcess process = process().start("s").input("y", needed("x")).service("a").user("b");
    started(process)
        .thenIncidents("there is no variable x")
        .when(modify(List.of("a"), List.of("b")))
        .thenIncidents()
        .thenWaits("b task");
  }

  @Test
  void whatCannotBeDoneIsRejected() {
    started(nested())
        .tried(modify(List.of("x"), List.of()))
        .thenRejected(Kind.INVALID)
        .tried(modify(List.of("before"), List.of("nosuch")))
        .thenRejected(Kind.INVALID)
        .tried(modify(List.of(), List.of("aside")))
        .thenRejected(Kind.INVALID);
    started(nested())
        .when(cancel())
        .tried(modify(List.of(), List.of("x")))
        .thenRejected(Kind.STALE);
  }
}
