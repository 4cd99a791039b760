package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.*;
import static org.millrace.kernel.Scenario.given;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.SignalDefinition;
import org.millrace.kernel.graph.Mapping;

/** What mappings on events bring in and let out. */
class EventDataTest {

  private static final EventDefinition PAID = new EventDefinition.Message("paid", null);

  @Test
  void ofWhatACatchEventBringsOnlyItsOutputsGetOut() {
    started(
            process()
                .start("s")
                .input("factor", value(2L))
                .output("sum", computed("a * factor", v -> (Long) v.get("a") * 2))
                .catching("wait", PAID)
                .end("e"))
        .when(deliver("wait", Map.of("a", 21L)))
        .thenVariable("sum", 42L)
        .thenNoVariable("a")
        .thenNoVariable("factor")
        .thenEnds();
  }

  @Test
  void anOutputThatFailsRefusesTheMessage() {
    started(process().start("s").output("sum", needed("a")).catching("wait", PAID).end("e"))
        .tried(deliver("wait"))
        .thenRejected("a")
        .thenWaits("wait message");
  }

  @Test
  void behindAnEventBasedGatewayToo() {
    started(
            process()
                .start("s")
                .eventBased("g")
                .output("sum", variable("a"))
                .catching("wait", PAID)
                .end("e")
                .from("g")
                .catching("other", new SignalDefinition("x"))
                .end("f"))
        .when(deliver("wait", Map.of("a", 21L)))
        .thenVariable("sum", 21L)
        .thenNoVariable("a")
        .thenEnds();
  }

  @Test
  void ofWhatABoundaryEventBringsOnlyItsOutputsGetOut() {
    for (boolean interrupting : List.of(true, false)) {
      TestProcess process = process().start("s").service("a").end("e").output("sum", variable("n"));
      process =
          interrupting ? process.boundary("b", "a", PAID) : process.nonInterrupting("b", "a", PAID);
      started(process.service("late").end("f"))
          .when(deliver("b", Map.of("n", 1L)))
          .thenVariable("sum", 1L)
          .thenNoVariable("n");
    }
  }

  @Test
  void whatAnErrorTellsGoesThroughTheOutputs() {
    started(
            process()
                .start("s")
                .service("a")
                .end("e")
                .output("why", computed("code", v -> "because " + v.get("code")))
                .boundary("b", "a", new EventDefinition.ErrorCode(null, "code", null))
                .service("mend")
                .end("f"))
        .when(error("a", "E"))
        .thenVariable("why", "because E")
        .thenNoVariable("code");
  }

  @Test
  void anEventSubProcessBeginsWithWhatItsStartLetsOut() {
    started(
            process()
                .start("s")
                .service("a")
                .end("e")
                .eventSub(
                    "sub",
                    inner ->
                        inner
                            .output("sum", variable("n"))
                            .nonInterruptingStart("begin", PAID)
                            .service("more")
                            .end("f")))
        .when(deliver("begin", Map.of("n", 1L)))
        .thenVariable("sum", 1L)
        .thenNoVariable("n")
        .thenWaits("a work", "more work", "begin message");
  }

  @Test
  void aProcessBeginsWithWhatItsStartLetsOut() {
    given(process().output("sum", variable("n")).start("s", PAID).service("a").end("e"))
        .when(startAt("s", Map.of("n", 1L)))
        .thenVariable("sum", 1L)
        .thenNoVariable("n");
    started(process().output("sum", variable("n")).start("s").service("a"), Map.of("n", 1L))
        .thenVariable("sum", 1L)
        .thenVariable("n", 1L);
  }

  @Test
  void aThrowEventsInputsAreSeenByItAlone() {
    SignalDefinition signal =
        new SignalDefinition(
            variable("name"), false, List.of(new Mapping("n", variable("number"))));
    started(
            process()
                .start("s")
                .input("name", value("alarm"))
                .input("number", value(7L))
                .output("thrown", variable("name"))
                .throwing("t", signal)
                .end("e"))
        .thenSignals("alarm {n=7}")
        .thenVariable("thrown", "alarm")
        .thenNoVariable("name")
        .thenEnds();
    Scenario sending =
        started(
            process()
                .start("s")
                .input("text", value("hello"))
                .output("sent", variable("receipt"))
                .end("t", new EventDefinition.SendMessage(work("mail"))));
    assertThat(sending.sent("t").variables()).isEqualTo(Map.of("text", "hello"));
    sending.when(complete("t", Map.of("receipt", 1L))).thenVariable("sent", 1L).thenEnds();
  }

  @Test
  void anErrorsCodeCanBeAnInput() {
    started(
            process()
                .sub(
                    "sub",
                    inner ->
                        inner
                            .start("s")
                            .input("code", value("E"))
                            .end("t", new EventDefinition.ErrorThrow(variable("code"), null)))
                .end("e")
                .boundary("b", "sub", new EventDefinition.ErrorCode("E"))
                .service("mend")
                .end("f"))
        .thenWaits("mend work")
        .thenNoVariable("code");
  }
}
