package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.complete;
import static org.millrace.kernel.Action.deliver;
import static org.millrace.kernel.Action.modify;
import static org.millrace.kernel.Action.retry;
import static org.millrace.kernel.Action.set;
import static org.millrace.kernel.Expressions.computed;
import static org.millrace.kernel.Expressions.value;
import static org.millrace.kernel.Expressions.variable;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.message;
import static org.millrace.kernel.TestProcess.process;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.element.AdHoc;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Expression;

/** Ad-hoc sub-processes: what begins in them, and when they complete. */
class AdHocTest {

  private static final Expression ENOUGH =
      computed("enough", seen -> Boolean.TRUE.equals(seen.get("enough")));

  private static AdHoc adHoc(Expression completion, boolean cancelsRemaining) {
    return new AdHoc(false, completion, cancelsRemaining, variable("active"));
  }

  private static TestProcess around(AdHoc adHoc) {
    return process()
        .start("s")
        .adHoc("box", adHoc, in -> in.service("a").service("b").from(null).service("c"))
        .service("after")
        .end("e")
        .boundary("stop", "box", message("stop"))
        .end("stopped");
  }

  private static Map<String, Object> active(Object... ids) {
    return Map.of("active", List.of(ids));
  }

  @Test
  void whatIsNamedBeginsAndItCompletesWithTheLast() {
    started(around(adHoc(null, true)), active("a", "c"))
        .thenWaits("a work", "c work", "stop message")
        .whenCompleted("a")
        .thenWaits("b work", "c work", "stop message")
        .whenCompleted("c", "b")
        .thenWaits("after work");
  }

  @Test
  void whereNothingIsNamedItWaitsForSomebody() {
    started(around(new AdHoc(false, null, true, null)))
        .thenTokens("box")
        .thenWaits("stop message")
        .when(deliver("stop"))
        .thenEnds();
    started(around(adHoc(null, true)), active()).thenTokens("box").thenRuns();
  }

  @Test
  void onceItsConditionHoldsWhatRemainsIsCancelled() {
    Scenario scenario =
        started(around(adHoc(ENOUGH, true)), active("a", "c"))
            .when(complete("a", Map.of("enough", true)))
            .thenWaits("after work");
    assertThat(scenario.events()).filteredOn(Event.TokenCancelled.class::isInstance).hasSize(1);
  }

  @Test
  void orWhatRemainsCompletesAndNothingElseBegins() {
    started(around(adHoc(ENOUGH, false)), active("a", "c"))
        .when(complete("a", Map.of("enough", true)))
        .thenWaits("c work", "stop message")
        .whenCompleted("c")
        .thenWaits("after work");
  }

  @Test
  void whileItsConditionDoesNotHoldItStays() {
    started(around(adHoc(ENOUGH, true)), active("c"))
        .whenCompleted("c")
        .thenTokens("box")
        .thenWaits("stop message");
  }

  @Test
  void aConditionWithoutValueIsAnIncidentAtTheActivity() {
    started(around(adHoc(value("perhaps"), true)), active("c"))
        .whenCompleted("c")
        .thenIncidents("is neither true nor false")
        .thenTokens("box", "c");
  }

  @Test
  void whatCannotBeginIsAnIncident() {
    started(around(adHoc(null, true)), active("b"))
        .thenIncidents("has no element \"b\" that could begin in it")
        .when(set(active("c")))
        .when(retry())
        .thenWaits("c work", "stop message");
    started(around(adHoc(null, true)), Map.of("active", "a")).thenIncidents("is no list of ids");
    started(around(new AdHoc(true, null, true, variable("active"))), active("a", "c"))
        .thenIncidents("one element is active at a time");
  }

  @Test
  void itsActivitiesAreCompensatedWithIt() {
    TestProcess process =
        process()
            .start("s")
            .adHoc("box", adHoc(null, true), in -> in.service("a").compensatedBy("undo-a", "a"))
            .throwing("undo", TestProcess.compensation())
            .end("e");
    started(process, active("a"))
        .whenCompleted("a")
        .thenTokens("undo", "box", "undo-a")
        .whenCompleted("undo-a")
        .thenEnds();
  }

  @Test
  void somebodyStartsWhatIsToBeDone() {
    started(around(new AdHoc(false, ENOUGH, true, null)))
        .when(modify(List.of(), List.of("c")))
        .when(modify(List.of(), List.of("a", "c")))
        .thenWaits("c work", "a work", "c work", "stop message")
        .whenCompleted("c", "c", "a")
        .when(complete("b", Map.of("enough", true)))
        .thenWaits("after work");
  }

  @Test
  void oneAtATimeWhereItsOrderingIsSequential() {
    started(around(new AdHoc(true, ENOUGH, true, null)))
        .when(modify(List.of(), List.of("c")))
        .tried(modify(List.of(), List.of("a")))
        .thenRejected(Decision.Kind.INVALID)
        .whenCompleted("c")
        .when(modify(List.of(), List.of("a")))
        .thenWaits("a work", "stop message");
  }

  @Test
  void whatIsStartedAndCancelledLeavesItOpen() {
    started(around(new AdHoc(false, null, true, null)))
        .when(modify(List.of(), List.of("c")))
        .when(modify(List.of("c"), List.of()))
        .thenTokens("box")
        .when(modify(List.of(), List.of("c")))
        .whenCompleted("c")
        .thenWaits("after work");
  }
}
