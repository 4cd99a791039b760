package org.millrace.kernel;

import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.*;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.graph.Expression;

/** Complex gateways: their start, and their reset. BPMN 2.0 section 13.4.5. */
class ComplexGatewayTest {

  private static Expression atLeast(long count) {
    return computed("count", v -> (Long) v.get("activationCount") >= count);
  }

  /** Three ways into a gateway. */
  private static TestProcess threeInto(Expression activation) {
    return process()
        .start("s")
        .parallel("fork")
        .service("a")
        .complex("gate", activation)
        .service("after")
        .end("e")
        .from("fork")
        .service("b")
        .to("gate")
        .from("fork")
        .service("c")
        .to("gate");
  }

  @Test
  void itStartsWithEnoughTokensAndTakesTheLastOneIn() {
    started(threeInto(atLeast(2)))
        .whenCompleted("a")
        .thenWaits("b work", "c work")
        .whenCompleted("c")
        .thenWaits("b work", "after work")
        .whenCompleted("after")
        .thenRuns()
        .thenTokens("gate", "b")
        .whenCompleted("b")
        .thenEnds();
  }

  @Test
  void itIsResetByTheTokensThatComeBeforeTheEndOfWhatItStarted() {
    started(threeInto(atLeast(2)))
        .whenCompleted("a", "b", "c")
        .thenTokens("after")
        .whenCompleted("after")
        .thenEnds();
  }

  @Test
  void itsConditionMaySpeakOfEachIncomingFlow() {
    Expression aAndAnother =
        computed(
            "a and another",
            v -> (Long) v.get("a-gate") > 0 && (Long) v.get("b-gate") + (Long) v.get("c-gate") > 0);
    started(threeInto(aAndAnother))
        .whenCompleted("b", "c")
        .thenWaits("a work")
        .whenCompleted("a")
        .thenWaits("after work");
  }

  @Test
  void aFlowMaySayThatItIsForTheReset() {
    TestProcess process =
        threeInto(atLeast(1))
            .from("gate")
            .when(computed("late", v -> !(Boolean) v.get("waitingForStart")))
            .service("late")
            .end("e2");
    started(process)
        .whenCompleted("a")
        .thenWaits("after work", "b work", "c work")
        .whenCompleted("b")
        .thenWaits("after work", "c work")
        .whenCompleted("c")
        .thenWaits("after work", "late work");
  }

  @Test
  void theResetWaitsForNoTokenThatIsGone() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .complex("gate", atLeast(1))
            .service("after")
            .end("e")
            .from("fork")
            .user("b")
            .to("gate")
            .boundary("never", "b", message("never"))
            .end("e2");
    started(process)
        .whenCompleted("a", "after")
        .thenTokens("gate", "b")
        .when(deliver("never"))
        .thenEnds();
  }

  @Test
  void aSecondTokenByAFlowThatStartedItWaitsForTheNextStart() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("a")
            .exclusive("merge")
            .complex("gate", atLeast(1))
            .service("after")
            .end("e")
            .from("fork")
            .service("b")
            .to("merge")
            .from("fork")
            .service("c")
            .to("gate");
    started(process)
        .whenCompleted("a")
        .thenWaits("after work", "b work", "c work")
        .whenCompleted("b")
        .thenTokens("after", "gate", "gate", "c")
        .whenCompleted("c")
        .thenWaits("after work", "after work")
        .whenCompleted("after", "after")
        .thenEnds();
  }

  @Test
  void withoutAConditionEachTokenStartsIt() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .complex("gate")
            .service("after")
            .end("e")
            .from("fork")
            .service("b")
            .to("gate");
    started(process).thenWaits("after work", "b work").whenCompleted("b", "after", "after");
  }

  @Test
  void aConditionThatIsNeitherTrueNorFalseIsAnIncident() {
    started(threeInto(variable("enough")))
        .whenCompleted("a")
        .thenIncidents("neither true nor false")
        .when(set(Map.of("enough", true)))
        .when(retry())
        .thenIncidents()
        .thenWaits("after work", "b work", "c work");
  }

  @Test
  void whereNoFlowIsOpenAnIncidentStands() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .complex("gate", atLeast(1))
            .when(
                computed("on", v -> v.get("on").equals(true) && (Boolean) v.get("waitingForStart")))
            .service("after")
            .end("e");
    started(process)
        .when(complete("a", Map.of("on", false)))
        .thenIncidents("no condition on the flows out of \"gate\" holds")
        .when(set(Map.of("on", true)))
        .when(retry())
        .thenWaits("after work");
  }
}
