package org.millrace.kernel;

import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.*;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.element.ConditionDefinition;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.graph.Expression;

class ConditionTest {

  private static final Expression HOT =
      computed("t > 30", variables -> variables.get("t") instanceof Long t && t > 30);

  private static TestProcess waiting() {
    return process().start("s").catching("c", condition(HOT)).service("after").end("e");
  }

  @Test
  void oneThatHoldsAlreadyIsNotWaitedFor() {
    started(waiting(), Map.of("t", 31L)).thenWaits("after work");
  }

  @Test
  void oneThatDoesNotIsWaitedFor() {
    started(waiting(), Map.of("t", 30L))
        .thenWaits("c condition")
        .when(set(Map.of("t", 20L)))
        .thenWaits("c condition")
        .when(set(Map.of("t", 40L)))
        .thenWaits("after work");
    started(waiting())
        .when(deliver("c", Map.of("x", 1L)))
        .thenVariable("x", 1L)
        .thenWaits("after work");
  }

  @Test
  void whatCannotBeEvaluatedDoesNotHold() {
    started(process().start("s").catching("c", condition(needed("go"))).service("after").end("e"))
        .thenWaits("c condition")
        .thenIncidents()
        .when(set(Map.of("go", "yes")))
        .thenWaits("c condition")
        .when(set(Map.of("go", true)))
        .thenWaits("after work");
  }

  @Test
  void oneThatHasComeAndCannotBeginIsOneIncidentUntilItIsRetried() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .end("e")
            .input("x", needed("missing"))
            .eventSub("event", in -> in.start("c", condition(HOT)).service("cool").end("e1"));
    started(process)
        .when(set(Map.of("t", 31L)))
        .thenIncidents("there is no variable missing")
        .when(set(Map.of("t", 32L)))
        .thenIncidents("there is no variable missing")
        .when(retry())
        .thenIncidents("there is no variable missing")
        .when(set(Map.of("missing", 1L)))
        .thenIncidents("there is no variable missing")
        .when(retry())
        .thenIncidents()
        .thenWaits("cool work");
  }

  private static TestProcess on(boolean interrupting, EventDefinition definition) {
    TestProcess process = process().start("s").service("a").service("next").end("e");
    return (interrupting
            ? process.boundary("b", "a", definition)
            : process.nonInterrupting("b", "a", definition))
        .service("handle")
        .end("e2");
  }

  @Test
  void oneThatInterruptsEndsTheActivity() {
    started(on(true, condition(HOT)))
        .thenWaits("a work", "b condition")
        .when(set(Map.of("t", 31L)))
        .thenWaits("handle work")
        .thenTokens("handle");
  }

  @Test
  void oneThatHoldsWhenTheActivityBeginsEndsItAtOnce() {
    started(on(true, condition(HOT)), Map.of("t", 31L))
        .thenWaits("handle work")
        .thenSends("handle 1 PT0S");
  }

  @Test
  void oneThatInterruptsNothingComesWithEachVariableForWhichItHolds() {
    started(on(false, condition(HOT)))
        .when(set(Map.of("t", 31L)))
        .thenWaits("a work", "b condition", "handle work")
        .when(set(Map.of("other", 1L)))
        .thenWaits("a work", "b condition", "handle work", "handle work")
        .when(set(Map.of("t", 1L)))
        .thenWaits("a work", "b condition", "handle work", "handle work");
  }

  @Test
  void eachOfSeveralVariablesSetAtOnceCounts() {
    started(on(false, condition(HOT)))
        .when(set(inOrder("t", 31L, "other", 1L)))
        .thenWaits("a work", "b condition", "handle work", "handle work");
    started(on(false, condition(HOT)))
        .when(set(inOrder("other", 1L, "t", 31L)))
        .thenWaits("a work", "b condition", "handle work");
  }

  private static Map<String, Object> inOrder(String first, Object one, String second, Object two) {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put(first, one);
    variables.put(second, two);
    return variables;
  }

  @Test
  void whatAnActivityGivesBackCanInterruptIt() {
    started(on(true, condition(HOT)))
        .when(complete("a", Map.of("t", 31L)))
        .thenWaits("handle work")
        .thenTokens("handle");
    started(on(false, condition(HOT)))
        .when(complete("a", Map.of("t", 31L)))
        .thenWaits("next work", "handle work");
    started(
            process()
                .start("s")
                .pass("a")
                .service("next")
                .end("e")
                .boundary("b", "a", condition(HOT))
                .service("handle"),
            Map.of("t", 31L))
        .thenWaits("handle work");
  }

  @Test
  void onlyTheNamedVariableCounts() {
    started(on(false, new ConditionDefinition(HOT, Set.of("t"), Set.of())), Map.of("t", 31L))
        .thenWaits("a work", "b condition", "handle work")
        .when(set(Map.of("other", 1L)))
        .thenWaits("a work", "b condition", "handle work")
        .when(set(Map.of("t", 32L)))
        .thenWaits("a work", "b condition", "handle work", "handle work");
  }

  @Test
  void onlyWhatMustHappenToItCounts() {
    started(on(false, new ConditionDefinition(HOT, Set.of(), Set.of("update"))))
        .when(set(Map.of("t", 31L)))
        .thenWaits("a work", "b condition")
        .when(set(Map.of("t", 32L)))
        .thenWaits("a work", "b condition", "handle work");
    started(on(false, new ConditionDefinition(HOT, Set.of(), Set.of("create"))))
        .when(set(Map.of("t", 31L)))
        .thenWaits("a work", "b condition", "handle work")
        .when(set(Map.of("t", 32L)))
        .thenWaits("a work", "b condition", "handle work");
  }

  @Test
  void whatAnActivityGivesBackCountsBeforeWhatItsMappingsMakeOfIt() {
    TestProcess process =
        process()
            .start("s")
            .outputBesides("t", value(31L))
            .service("a")
            .service("next")
            .end("e")
            .eventSub(
                "on",
                on -> on.nonInterruptingStart("os", condition(HOT)).service("handle").end("oe"));
    started(process)
        .when(complete("a", Map.of("other", 1L)))
        .thenWaits("os condition", "next work", "handle work");
  }

  @Test
  void anEventSubProcessBeginsBeforeTheTokenGoesOn() {
    TestProcess process =
        process()
            .start("s")
            .service("a")
            .service("next")
            .end("e")
            .eventSub("on", on -> on.start("os", condition(HOT)).service("handle").end("oe"));
    started(process)
        .thenWaits("a work", "os condition")
        .when(complete("a", Map.of("t", 31L)))
        .thenWaits("handle work")
        .whenCompleted("handle")
        .thenEnds();
    started(process, Map.of("t", 31L)).thenWaits("handle work");
  }

  @Test
  void aVariableInsideIsNotSeenOutside() {
    TestProcess process =
        process()
            .start("s")
            .input("t", value(31L))
            .sub("sub", in -> in.start("is").service("a").end("ie"))
            .end("e")
            .eventSub(
                "on",
                on -> on.nonInterruptingStart("os", condition(HOT)).service("handle").end("oe"));
    started(process).when(complete("a", Map.of("t", 32L))).thenEnds();
  }

  @Test
  void whatAnEventSetsIsSeenByOthers() {
    started(
            process()
                .start("s")
                .parallel("fork")
                .catching("m", message("heat"))
                .service("after-m")
                .end("e1")
                .from("fork")
                .catching("c", condition(HOT))
                .service("after-c")
                .end("e2"))
        .when(deliver("m", Map.of("t", 31L)))
        .thenWaits("after-m work", "after-c work");
  }

  @Test
  void aGatewayTakesTheWayWhoseConditionHolds() {
    TestProcess race =
        process()
            .start("s")
            .eventBased("g")
            .catching("c", condition(HOT))
            .service("one")
            .end("e1")
            .from("g")
            .catching("t", duration("PT1H"))
            .end("e2");
    started(race, Map.of("t", 31L)).thenWaits("one work");
    started(race)
        .thenWaits("c condition", "t timer")
        .when(set(Map.of("t", 31L)))
        .thenWaits("one work");
  }
}
