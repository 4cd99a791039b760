package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.*;
import static org.millrace.kernel.Scenario.given;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.event.Event;

/** Variables: scopes, mappings, and what an expression that fails leaves behind. */
class VariablesTest {

  @Test
  void inputsAreTheActivitysOwn() {
    TestProcess process =
        process()
            .start("s")
            .input("amount", computed("total * 2", v -> (Long) v.get("total") * 2))
            .input("twice", computed("amount * 2", v -> (Long) v.get("amount") * 2))
            .service("a")
            .end("e");
    Scenario scenario = started(process, Map.of("total", 3L, "amount", 1L));
    assertThat(scenario.sent("a").variables())
        .isEqualTo(Map.of("total", 3L, "amount", 6L, "twice", 12L));
    scenario
        .when(complete("a", Map.of("twice", 0L, "other", 5L)))
        .thenVariable("amount", 1L)
        .thenVariable("other", 5L)
        .thenNoVariable("twice");
  }

  @Test
  void withOutputsTheyAloneGoOut() {
    TestProcess process =
        process()
            .start("s")
            .input("factor", value(2L))
            .output(
                "result",
                computed("raw * factor", v -> (Long) v.get("raw") * (Long) v.get("factor")))
            .service("a")
            .end("e");
    started(process)
        .when(complete("a", Map.of("raw", 21L)))
        .thenVariable("result", 42L)
        .thenNoVariable("raw")
        .thenNoVariable("factor");
  }

  @Test
  void anOutputThatFailsRefusesTheAnswer() {
    TestProcess process =
        process().start("s").output("result", needed("raw")).service("a").end("e");
    started(process)
        .tried(complete("a"))
        .thenRejected(Kind.FAILED)
        .when(complete("a", Map.of("raw", 1L)))
        .thenVariable("result", 1L)
        .thenEnds();
  }

  @Test
  void aVariableIsSetWhereItIs() {
    TestProcess process =
        process()
            .start("s")
            .input("local", value(1L))
            .output("seen", variable("local"))
            .sub("sub", in -> in.start("is").service("a").end("ie"))
            .end("e");
    started(process)
        .when(complete("a", Map.of("local", 2L, "global", 3L)))
        .thenVariable("seen", 2L)
        .thenVariable("global", 3L)
        .thenNoVariable("local");
  }

  @Test
  void anInputThatFailsLeavesNothingHalfDone() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .input("x", needed("given"))
            .sub("sub", in -> in.start("is").service("a").end("ie"))
            .end("e")
            .boundary("late", "sub", duration("PT1H"))
            .from("fork")
            .service("b")
            .end("e2");
    Scenario scenario =
        started(process)
            .thenIncidents("there is no variable given")
            .thenTokens("sub", "b")
            .thenWaits("b work")
            .thenSchedules();
    assertThat(scenario.events()).filteredOn(Event.ScopeOpened.class::isInstance).hasSize(1);
    scenario
        .whenCompleted("b")
        .thenRuns()
        .when(set(Map.of("given", 1L)))
        .when(retry())
        .thenTokens("sub", "a")
        .whenCompleted("a")
        .thenEnds();
  }

  @Test
  void aFailureAfterTheActivityHasBegunTakesItBack() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .boundary("late", "a", duration("soon"))
            .from("fork")
            .script("sum", "x", needed("given"))
            .boundary("stop", "sum", message("stop"))
            .from("fork")
            .service("b");
    Scenario scenario =
        started(process)
            .thenIncidents("timer \"soon\"", "no variable given")
            .thenWaits("b work")
            .thenSends("b 1 PT0S")
            .thenTokens("a", "sum", "b");
    assertThat(scenario.events()).filteredOn(Event.WaitOpened.class::isInstance).hasSize(1);
  }

  @Test
  void anEventThatCannotBeWaitedForAtTheStartRefusesIt() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .end("e")
            .eventSub("event", in -> in.start("es", message("m", variable("key"))).end("ee"));
    given(process)
        .tried(start())
        .thenRejected(Kind.FAILED)
        .when(start(Map.of("key", "k")))
        .thenWaits("a work", "es message");
  }

  @Test
  void setVariablesAreTheInstances() {
    started(process().start("s").service("a").end("e"), Map.of("a", 1L, "b", 1L))
        .when(set(Map.of("b", 2L)))
        .thenVariable("a", 1L)
        .thenVariable("b", 2L)
        .thenWaits("a work");
  }

  @Test
  void aVariableMayBeNull() {
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("a", null);
    Scenario scenario = started(process().start("s").service("a").end("e"), nothing);
    assertThat(scenario.sent("a").variables()).containsEntry("a", null);
    scenario.when(complete("a", nothing)).thenVariable("a", null).thenEnds();
  }
}
