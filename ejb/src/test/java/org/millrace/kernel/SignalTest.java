package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.variable;
import static org.millrace.kernel.Scenario.given;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.element.SignalDefinition;
import org.millrace.kernel.graph.Mapping;

class SignalTest {

  @Test
  void aSignalIsWaitedForByItsName() {
    var name = new SignalDefinition(variable("which"), false, List.of());
    Scenario scenario =
        started(process().start("s").catching("c", name).end("e"), Map.of("which", "alarm"))
            .thenWaits("c signal");
    assertThat(scenario.wait("c").name()).isEqualTo("alarm");
    scenario.when(Action.signal("alarm", Map.of("x", 1L))).thenVariable("x", 1L).thenEnds();
    started(process().start("s").catching("c", name).end("e")).thenIncidents("has no value");
  }

  @Test
  void aSignalThatIsNoLongerWaitedForIsStale() {
    Scenario scenario =
        started(process().start("s").catching("c", TestProcess.signal("a")).end("e"));
    Command late = Action.signal("a", Map.of()).on(scenario.state());
    scenario.when(deliver("c")).thenEnds().tried(state -> late).thenRejected(Kind.STALE);
    started(process().start("s").service("a").end("e"))
        .tried(state -> new Command.Signal(List.of(1), Map.of()))
        .thenRejected(Kind.STALE);
  }

  /** One throws, three in the same instance wait. */
  private static TestProcess everywhere() {
    return process()
        .start("s")
        .parallel("fork")
        .catching("c", TestProcess.signal("alarm"))
        .service("after-c")
        .end("e1")
        .from("fork")
        .service("a")
        .end("e2")
        .nonInterrupting("b", "a", TestProcess.signal("alarm"))
        .service("after-b")
        .end("e3")
        .eventSub(
            "on",
            on -> on.nonInterruptingStart("os", TestProcess.signal("alarm")).service("handle"))
        .from("fork")
        .user("decide")
        .throwing("throw", TestProcess.signal("alarm"))
        .service("after-throw")
        .end("e4");
  }

  @Test
  void aThrownSignalReachesAllOfItsOwnInstanceInTheSameStep() {
    started(everywhere())
        .whenCompleted("decide")
        .thenSignals("alarm {}")
        .thenWaits(
            "after-c work",
            "a work",
            "b signal",
            "after-b work",
            "os signal",
            "handle work",
            "after-throw work");
  }

  @Test
  void aSignalFromOutsideReachesAllOfAnInstanceInOneStep() {
    started(everywhere())
        .when(Action.signal("alarm", Map.of("x", 1L)))
        .thenVariable("x", 1L)
        .thenSignals()
        .thenWaits(
            "after-c work",
            "a work",
            "b signal",
            "after-b work",
            "os signal",
            "handle work",
            "decide task");
  }

  @Test
  void aSignalTakesAlongWhatItsThrowerSaysOrAll() {
    var some =
        new SignalDefinition(
            Expressions.value("a"), false, List.of(new Mapping("y", variable("x"))));
    var all = new SignalDefinition(Expressions.value("a"), true, List.of());
    started(process().start("s").throwing("t", some).end("e"), Map.of("x", 1L))
        .thenSignals("a {y=1}")
        .thenEnds();
    started(process().start("s").end("e", all), Map.of("x", 1L)).thenSignals("a {x=1}").thenEnds();
  }

  @Test
  void whoThrowsCanInterruptItself() {
    TestProcess process =
        process()
            .start("s")
            .sub(
                "sub",
                in ->
                    in.start("is")
                        .throwing("t", TestProcess.signal("stop"))
                        .service("after")
                        .end("ie"))
            .end("e")
            .boundary("b", "sub", TestProcess.signal("stop"))
            .service("instead")
            .end("e2");
    started(process).thenWaits("instead work").thenTokens("instead").thenSignals("stop {}");
  }

  @Test
  void oneThatIsWaitedForAfterwardsHasComeTooLate() {
    started(
            process()
                .start("s")
                .throwing("t", TestProcess.signal("a"))
                .catching("c", TestProcess.signal("a"))
                .end("e"))
        .thenWaits("c signal");
  }

  @Test
  void anEventBasedGatewayTakesASignal() {
    started(
            process()
                .start("s")
                .eventBased("g")
                .catching("c", TestProcess.signal("a"))
                .service("one")
                .end("e1")
                .from("g")
                .catching("t", duration("PT1H"))
                .end("e2"))
        .thenWaits("c signal", "t timer")
        .when(deliver("c"))
        .thenWaits("one work");
  }

  @Test
  void anInterruptingEventSubProcessEndsAllBesideIt() {
    started(
            process()
                .start("s")
                .service("a")
                .end("e")
                .eventSub(
                    "on",
                    on -> on.start("os", TestProcess.signal("stop")).service("handle").end("oe")))
        .thenWaits("a work", "os signal")
        .when(deliver("os", Map.of("x", 1L)))
        .thenWaits("handle work")
        .thenVariable("x", 1L)
        .whenCompleted("handle")
        .thenEnds();
  }

  @Test
  void aProcessBeginsAtItsSignal() {
    given(
            process()
                .start("s")
                .service("a")
                .end("e")
                .start("on", TestProcess.signal("go"))
                .service("b")
                .end("e2"))
        .when(startAt("on"))
        .thenWaits("b work");
  }
}
