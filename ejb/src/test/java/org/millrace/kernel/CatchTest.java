package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.*;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.TimerDefinition;

/** Timers and messages that are waited for. */
class CatchTest {

  private static TestProcess waiting(EventDefinition definition) {
    return process().start("s").catching("wait", definition).end("e");
  }

  @Test
  void aDurationFiresWhenItIsOver() {
    started(waiting(duration("PT15M")))
        .thenWaits("wait timer")
        .thenSchedules("wait 2026-01-01T00:15:00Z")
        .after(Duration.ofMinutes(15))
        .when(fire("wait"))
        .thenEnds();
  }

  @Test
  void aTimerThatIsNotDueIsScheduledAgain() {
    started(waiting(duration("PT15M")))
        .after(Duration.ofMinutes(14))
        .when(fire("wait"))
        .thenNothingHappened()
        .thenSchedules("wait 2026-01-01T00:15:00Z")
        .when(fireEarly("wait"))
        .thenEnds();
  }

  @Test
  void durationsAndDatesAreIso8601() {
    for (var due :
        Map.of(
                duration("P1M"), "2026-02-01T00:00:00Z",
                duration("P1Y2M3DT4H5M6S"), "2027-03-04T04:05:06Z",
                duration("P2W"), "2026-01-15T00:00:00Z",
                date("2026-05-01T12:00:00Z"), "2026-05-01T12:00:00Z",
                date("2026-05-01T12:00:00+02:00"), "2026-05-01T10:00:00Z",
                date("2026-05-01T12:00"), "2026-05-01T12:00:00Z",
                date("2026-05-01"), "2026-05-01T00:00:00Z",
                cycle("R3/PT10M"), "2026-01-01T00:10:00Z",
                cycle("R/2026-02-01T00:00:00Z/P1D"), "2026-02-01T00:00:00Z")
            .entrySet()) {
      started(waiting(due.getKey())).thenSchedules("wait " + due.getValue());
    }
  }

  @Test
  void aTextThatIsNoTimeIsAnIncident() {
    for (var definition :
        List.of(
            duration("soon"),
            duration("P"),
            duration("PT"),
            duration("P999999999Y"),
            date("tomorrow"),
            date("2026-13-01T00:00:00Z"),
            cycle("PT1H"),
            cycle("R99999999999/PT1H"),
            cycle("R/PT0S"),
            cycle("R/-PT1H"))) {
      started(waiting(definition)).thenIncidents("timer \"").thenTokens("wait").thenWaits();
    }
  }

  @Test
  void aTimerCanBeMendedAndRetried() {
    var due = new TimerDefinition(TimerDefinition.Type.DATE, variable("due"));
    started(waiting(due), Map.of("due", "soon"))
        .thenIncidents("\"soon\" is not an ISO 8601 date")
        .when(set(Map.of("due", "2026-01-02T00:00:00Z")))
        .when(retry())
        .thenSchedules("wait 2026-01-02T00:00:00Z");
  }

  @Test
  void aMessageIsWaitedForByNameAndKey() {
    Scenario scenario =
        started(waiting(message("paid", variable("order"))), Map.of("order", 17L))
            .thenWaits("wait message");
    assertThat(scenario.wait("wait").name()).isEqualTo("paid");
    assertThat(scenario.wait("wait").key()).isEqualTo("17");
    assertThat(started(waiting(message("paid"))).wait("wait").key()).isNull();
    scenario.when(deliver("wait", Map.of("a", 1L))).thenVariable("a", 1L).thenEnds();
  }

  @Test
  void aKeyWithoutAValueIsAnIncident() {
    started(waiting(message("paid", variable("order")))).thenIncidents("has no value").thenWaits();
  }

  private static TestProcess boundary(EventDefinition definition) {
    return process()
        .start("s")
        .service("a")
        .end("e")
        .boundary("b", "a", definition)
        .service("instead")
        .end("e2");
  }

  private static TestProcess beside(EventDefinition definition) {
    return process()
        .start("s")
        .service("a")
        .end("e")
        .nonInterrupting("b", "a", definition)
        .service("too")
        .end("e2");
  }

  @Test
  void anInterruptingEventEndsTheActivity() {
    Scenario scenario = started(boundary(message("stop"))).thenWaits("a work", "b message");
    Command late = complete("a").on(scenario.state());
    scenario
        .when(deliver("b", Map.of("x", 1L)))
        .thenVariable("x", 1L)
        .thenWaits("instead work")
        .thenTokens("instead")
        .tried(state -> late)
        .thenRejected(Kind.STALE);
    started(boundary(duration("PT1H")))
        .thenSchedules("b 2026-01-01T01:00:00Z")
        .after(Duration.ofHours(1))
        .when(fire("b"))
        .thenWaits("instead work");
  }

  @Test
  void theEventGoesWithTheActivity() {
    started(boundary(message("stop"))).whenCompleted("a").thenWaits().thenEnds();
  }

  @Test
  void theIncidentOfTheActivityGoesWithIt() {
    started(boundary(message("stop")))
        .when(fail("a", false))
        .when(deliver("b"))
        .thenIncidents()
        .thenWaits("instead work");
  }

  @Test
  void anEventThatInterruptsNothingComesAsOftenAsItsMessage() {
    started(beside(message("also")))
        .when(deliver("b"))
        .thenWaits("a work", "b message", "too work")
        .when(deliver("b"))
        .thenWaits("a work", "b message", "too work", "too work")
        .whenCompleted("a")
        .thenWaits("too work", "too work")
        .whenCompleted("too", "too")
        .thenEnds();
  }

  @Test
  void aDurationThatInterruptsNothingFiresOnce() {
    started(beside(duration("PT1H")))
        .after(Duration.ofHours(1))
        .when(fire("b"))
        .thenWaits("a work", "too work");
  }

  @Test
  void aCycleFiresAsOftenAsItSays() {
    started(beside(cycle("R3/PT10M")))
        .after(Duration.ofMinutes(10))
        .when(fire("b"))
        .thenSchedules("b 2026-01-01T00:20:00Z")
        .after(Duration.ofMinutes(12))
        .when(fire("b"))
        .thenSchedules("b 2026-01-01T00:30:00Z")
        .after(Duration.ofMinutes(8))
        .when(fire("b"))
        .thenSchedules()
        .thenWaits("a work", "too work", "too work", "too work");
  }

  @Test
  void aCycleWithoutANumberGoesOn() {
    Scenario scenario = started(beside(cycle("R/PT10M")));
    for (int times = 0; times < 10; times++) {
      scenario.after(Duration.ofMinutes(10)).when(fire("b"));
    }
    assertThat(scenario.wait("b").due()).isEqualTo(Instant.parse("2026-01-01T01:50:00Z"));
    scenario
        .whenCompleted("a")
        .thenWaits(Collections.nCopies(10, "too work").toArray(String[]::new));
  }

  @Test
  void aTimerThatCannotGoOnTakesBackWhatItBegan() {
    var definition = new TimerDefinition(TimerDefinition.Type.CYCLE, variable("cycle"));
    Scenario scenario =
        started(beside(definition), Map.of("cycle", "R3/PT10M"))
            .when(set(Map.of("cycle", "never")))
            .after(Duration.ofMinutes(10))
            .when(fire("b"))
            .thenIncidents("no longer a cycle")
            .thenWaits("a work", "b timer")
            .thenTokens("a")
            .tried(fire("b"))
            .thenRejected(Kind.STALE)
            .when(suspend())
            .when(resume())
            .thenSchedules()
            .when(set(Map.of("cycle", "R3/PT10M")))
            .when(retry())
            .thenSchedules("b 2026-01-01T00:10:00Z")
            .when(fire("b"))
            .thenIncidents()
            .thenWaits("a work", "b timer", "too work");
    assertThat(scenario.wait("b").due()).isEqualTo(Instant.parse("2026-01-01T00:20:00Z"));
  }

  @Test
  void anEventOnASubProcessEndsAllWithinIt() {
    TestProcess process =
        process()
            .start("s")
            .sub(
                "outer",
                out ->
                    out.start("os")
                        .parallel("fork")
                        .sub("inner", in -> in.start("is").user("a").end("ie"))
                        .end("oe")
                        .from("fork")
                        .service("b")
                        .nonInterrupting("note", "b", message("note"))
                        .service("write"))
            .end("e")
            .boundary("stop", "outer", message("stop"))
            .service("instead")
            .end("e2");
    started(process)
        .when(deliver("note"))
        .when(fail("write", false))
        .thenWaits("a task", "b work", "note message", "write work", "stop message")
        .when(deliver("stop"))
        .thenIncidents()
        .thenTokens("instead")
        .thenWaits("instead work");
  }
}
