package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.*;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.Status;

/** What an operator does to an instance: suspend, resume, cancel. */
class OperationTest {

  private static TestProcess timed() {
    return process()
        .start("s")
        .service("a")
        .service("b")
        .end("e")
        .boundary("late", "a", duration("PT1H"))
        .service("x")
        .eventSub("event", in -> in.start("es", duration("PT2H")).service("y").end("ye"));
  }

  @Test
  void whileSuspendedWorkUnderWayIsFinishedAndNothingBegins() {
    started(timed())
        .when(suspend())
        .thenStatus(Status.SUSPENDED)
        .whenCompleted("a")
        .thenSends()
        .thenWaits("b work", "es timer")
        .when(resume())
        .thenRuns()
        .thenSends("b 1 PT0S")
        .thenSchedules("es 2026-01-01T02:00:00Z")
        .whenCompleted("b")
        .thenEnds();
  }

  @Test
  void whileSuspendedTimersAreHeld() {
    started(timed())
        .when(suspend())
        .after(Duration.ofHours(1))
        .tried(fire("late"))
        .thenRejected(Kind.STALE)
        .when(resume())
        .thenSchedules("es 2026-01-01T02:00:00Z", "late 2026-01-01T01:00:00Z")
        .thenSends("a 1 PT0S")
        .when(fire("late"))
        .thenWaits("x work", "es timer");
  }

  @Test
  void whileSuspendedAFailedAttemptIsHeldBack() {
    started(timed())
        .when(suspend())
        .when(fail("a"))
        .thenSends()
        .when(resume())
        .thenSends("a 2 PT0S");
  }

  @Test
  void resumingLeavesIncidentsToTheOperator() {
    started(timed())
        .when(fail("a", false))
        .when(suspend())
        .when(resume())
        .thenSends()
        .thenIncidents("broken");
  }

  @Test
  void suspendingTwiceAndResumingTwiceIsOnce() {
    started(timed())
        .when(resume())
        .thenNothingHappened()
        .when(suspend())
        .when(suspend())
        .thenNothingHappened()
        .when(resume())
        .when(resume())
        .thenNothingHappened();
  }

  @Test
  void cancellingEndsAll() {
    Scenario scenario =
        started(timed()).when(fail("a", false)).when(cancel()).thenStatus(Status.CANCELLED);
    assertThat(scenario.events())
        .filteredOn(Event.TokenCancelled.class::isInstance)
        .extracting(event -> ((Event.TokenCancelled) event).failed())
        .containsExactly(false);
    started(timed()).when(suspend()).when(cancel()).thenStatus(Status.CANCELLED);
  }

  @Test
  void aLongChainIsNoDeepStack() {
    TestProcess process = process().start("s");
    for (int i = 0; i < 3000; i++) {
      process.pass("p" + i);
    }
    started(process.end("e")).thenEnds();
  }
}
