package org.millrace.kernel;

import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.state.Wait;

class MultipleTest {

  /** Answers what an element waits for in this way. */
  private static Action answer(String element, Wait.Kind kind) {
    return state -> {
      Wait wait =
          state.waits().stream()
              .filter(one -> one.element().equals(element) && one.kind() == kind)
              .findFirst()
              .orElseThrow();
      return kind == Wait.Kind.TIMER
          ? new org.millrace.kernel.command.Command.Fire(wait.id(), true)
          : new org.millrace.kernel.command.Command.Deliver(wait.id(), Map.of());
    };
  }

  @Test
  void theFirstOfSeveralIsEnough() {
    started(
            process()
                .start("s")
                .catching("c", anyOf(message("m"), TestProcess.signal("a"), duration("PT1H")))
                .service("after")
                .end("e"))
        .thenWaits("c message", "c signal", "c timer")
        .when(answer("c", Wait.Kind.SIGNAL))
        .thenWaits("after work");
  }

  @Test
  void allOfAParallelOneAreNeeded() {
    started(
            process()
                .start("s")
                .catching("c", allOf(message("m"), TestProcess.signal("a")))
                .service("after")
                .end("e"))
        .thenWaits("c message", "c signal")
        .when(answer("c", Wait.Kind.MESSAGE))
        .thenWaits("c signal")
        .when(answer("c", Wait.Kind.SIGNAL))
        .thenWaits("after work");
  }

  @Test
  void oneThatInterruptsNothingIsWaitedForOn() {
    started(
            process()
                .start("s")
                .service("a")
                .end("e")
                .nonInterrupting("b", "a", anyOf(message("m"), cycle("R3/PT10M")))
                .service("too")
                .end("e2"))
        .thenWaits("a work", "b message", "b timer")
        .when(answer("b", Wait.Kind.MESSAGE))
        .after(Duration.ofMinutes(10))
        .when(answer("b", Wait.Kind.TIMER))
        .thenWaits("a work", "b message", "b timer", "too work", "too work");
  }

  @Test
  void aParallelOneThatInterruptsNothingIsWaitedForAnew() {
    started(
            process()
                .start("s")
                .service("a")
                .end("e")
                .nonInterrupting("b", "a", allOf(message("m"), TestProcess.signal("x")))
                .service("too")
                .end("e2"))
        .when(answer("b", Wait.Kind.MESSAGE))
        .thenWaits("a work", "b signal")
        .when(answer("b", Wait.Kind.SIGNAL))
        .thenWaits("a work", "b message", "b signal", "too work");
  }

  @Test
  void anErrorCanBeOneOfSeveral() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .end("e")
            .boundary("b", "a", anyOf(message("m"), error("X")))
            .service("instead")
            .end("e2");
    started(process).when(Action.error("a", "X")).thenWaits("instead work");
    started(process).when(answer("b", Wait.Kind.MESSAGE)).thenWaits("instead work");
  }

  @Test
  void anEventSubProcessBeginsWithAllOfThem() {
    started(
            process()
                .start("s")
                .service("a")
                .end("e")
                .eventSub(
                    "on",
                    on ->
                        on.start("os", allOf(message("m"), TestProcess.signal("x"))).service("h")))
        .when(answer("os", Wait.Kind.SIGNAL))
        .thenWaits("a work", "os message")
        .when(answer("os", Wait.Kind.MESSAGE))
        .thenWaits("h work");
  }

  @Test
  void oneThatThrowsThrowsAll() {
    started(
            process()
                .start("s")
                .throwing(
                    "t",
                    anyOf(TestProcess.send("mail"), TestProcess.signal("x"), escalated("LATE")))
                .end("e")
                .eventSub("on", on -> on.nonInterruptingStart("os", escalation(null)).service("h")))
        .thenSignals("x {}")
        .thenWaits("t work", "h work")
        .whenCompleted("t", "h")
        .thenEnds();
  }
}
