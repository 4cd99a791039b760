package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.state.Token;

/** A running instance goes on in another version of its process. */
class MigrationTest {

  private static final Map<String, String> SAME = Map.of();

  private static TestProcess row(String... services) {
    TestProcess process = process().start("s");
    for (String service : services) {
      process.service(service);
    }
    return process.end("e");
  }

  @Test
  void whatFollowsIsThatOfTheNewVersion() {
    started(row("a", "b"))
        .whenMigrated(row("a", "x", "y"), SAME)
        .thenWaits("a work")
        .thenSends()
        .whenCompleted("a")
        .thenWaits("x work");
  }

  @Test
  void workUnderWayStaysValid() {
    Scenario scenario = started(row("a", "b"));
    Command answer = complete("a").on(scenario.state());
    scenario
        .whenMigrated(row("z", "c"), Map.of("a", "z"))
        .thenTokens("z")
        .thenWaits("z work")
        .when(state -> answer)
        .thenWaits("c work");
  }

  @Test
  void whatHasNoCounterpartOfItsKindDoesNotFit() {
    started(row("a"))
        .whenMigrated(row("b"), SAME)
        .thenRejected("\"a\" has no counterpart in the new version")
        .whenMigrated(process().start("s").user("a").end("e"), SAME)
        .thenRejected("\"a\" is a serviceTask, and \"a\" a userTask of another kind")
        .whenMigrated(process().start("s").sub("in", in -> in.start("is").service("a")), SAME)
        .thenRejected("\"a\" lies in \"process\", and \"a\" in \"in\"")
        .whenMigrated(row("b"), Map.of("a", "nosuch"))
        .thenRejected("cannot be \"nosuch\"")
        .whenMigrated(row("a"), Map.of("nosuch", "a"))
        .thenRejected("\"nosuch\" is not in the old version")
        .thenWaits("a work");
  }

  @Test
  void allThatDoesNotFitIsSaidAtOnce() {
    TestProcess process =
        process().start("s").parallel("fork").service("a").end("e").from("fork").service("b");
    started(process)
        .whenMigrated(row("c"), SAME)
        .thenRejected("\"a\" has no")
        .thenRejected("\"b\" has no");
  }

  private static TestProcess guarded(String... timers) {
    TestProcess process = process().start("s").service("a").end("e");
    for (String timer : timers) {
      process.boundary(timer, "a", duration("PT2H")).end("e-" + timer);
    }
    return process;
  }

  @Test
  void aTimerKeepsItsTime() {
    TestProcess later =
        process().start("s").service("a").end("e").boundary("t", "a", duration("PT9H")).end("e2");
    Scenario scenario = started(guarded("t")).after(Duration.ofHours(1));
    scenario.whenMigrated(later, SAME).thenSchedules();
    assertThat(scenario.wait("t").due()).isEqualTo(Instant.parse("2026-01-01T02:00:00Z"));
    scenario.after(Duration.ofHours(1)).when(fire("t")).thenEnds();
  }

  @Test
  void boundaryEventsComeAndGo() {
    started(guarded("t"))
        .whenMigrated(guarded("u"), SAME)
        .thenWaits("a work", "u timer")
        .thenSchedules("u 2026-01-01T02:00:00Z")
        .whenMigrated(guarded(), SAME)
        .thenWaits("a work")
        .whenMigrated(guarded("t", "u"), SAME)
        .thenWaits("a work", "t timer", "u timer");
  }

  @Test
  void aMappedBoundaryEventIsTheSame() {
    Scenario scenario = started(guarded("t"));
    int wait = scenario.wait("t").id();
    scenario.whenMigrated(guarded("u"), Map.of("t", "u")).thenWaits("a work", "u timer");
    assertThat(scenario.wait("u").id()).isEqualTo(wait);
  }

  @Test
  void aMessageOfAnotherNameIsWaitedForAnew() {
    TestProcess before = process().start("s").receive("r", "old").end("e");
    Scenario scenario = started(before);
    scenario
        .whenMigrated(process().start("s").receive("r", "new").end("e"), SAME)
        .thenWaits("r message");
    assertThat(scenario.wait("r").name()).isEqualTo("new");
    scenario.when(deliver("r")).thenEnds();
  }

  @Test
  void eventSubProcessesComeAndGo() {
    TestProcess with =
        row("a").eventSub("aside", in -> in.start("asked", message("m")).user("t").end("te"));
    started(row("a"))
        .whenMigrated(with, SAME)
        .thenWaits("a work", "asked message")
        .whenMigrated(row("a"), SAME)
        .thenWaits("a work");
  }

  @Test
  void theEventsBehindAGatewayComeAndGo() {
    TestProcess before =
        process()
            .start("s")
            .eventBased("g")
            .catching("m1", message("m1"))
            .end("e")
            .from("g")
            .catching("m2", message("m2"))
            .end("e2");
    TestProcess after =
        process()
            .start("s")
            .eventBased("g")
            .catching("m1", message("m1"))
            .end("e")
            .from("g")
            .catching("m3", message("m3"))
            .service("a")
            .end("e2");
    started(before)
        .whenMigrated(after, SAME)
        .thenWaits("m1 message", "m3 message")
        .when(deliver("m3"))
        .thenWaits("a work");
  }

  private static TestProcess joined(String a, String join) {
    return process()
        .start("s")
        .parallel("fork")
        .service(a)
        .parallel(join)
        .service("after")
        .end("e")
        .from("fork")
        .service("b")
        .to(join);
  }

  @Test
  void aTokenAtAJoinCountsForTheFlowThatItCameBy() {
    Scenario scenario = started(joined("a", "join")).whenCompleted("a");
    scenario.whenMigrated(joined("x", "meet"), Map.of("a", "x", "join", "meet"));
    assertThat(scenario.state().tokens())
        .extracting(Token::element, Token::flow)
        .contains(org.assertj.core.groups.Tuple.tuple("meet", "x-meet"));
    scenario.whenCompleted("b").thenWaits("after work");
  }

  @Test
  void aTokenAtAJoinNeedsItsFlow() {
    TestProcess other =
        process()
            .start("s")
            .parallel("fork")
            .service("c")
            .parallel("join")
            .service("after")
            .end("e")
            .from("fork")
            .service("b")
            .to("join");
    started(joined("a", "join"))
        .whenCompleted("a")
        .whenMigrated(other, SAME)
        .thenRejected("\"join\" no flow there is the one that a token came by");
  }

  private static TestProcess undoable(String activity, String handler) {
    return process()
        .start("s")
        .service(activity)
        .service("b")
        .end("undo", compensation())
        .compensatedBy(handler, activity);
  }

  @Test
  void whatCanBeCompensatedIsCompensatedByTheNewHandler() {
    started(undoable("a", "h"))
        .whenCompleted("a")
        .whenMigrated(undoable("x", "k"), Map.of("a", "x", "h", "k"))
        .whenCompleted("b")
        .thenWaits("k work");
    started(undoable("a", "h"))
        .whenCompleted("a")
        .whenMigrated(undoable("x", "k"), Map.of("a", "x"))
        .thenRejected("\"h\" does not compensate the same");
  }

  @Test
  void subProcessesAreMappedWithWhatIsInThem() {
    TestProcess before =
        process()
            .start("s")
            .sub("sub", in -> in.start("is").service("a").service("b").end("ie"))
            .end("e");
    TestProcess after =
        process()
            .start("s")
            .sub("part", in -> in.start("is").service("a").service("c").end("ie"))
            .end("e")
            .boundary("stop", "part", message("stop"))
            .end("e2");
    started(before)
        .whenMigrated(after, SAME)
        .thenRejected("\"sub\" has no counterpart")
        .whenMigrated(after, Map.of("sub", "part"))
        .thenTokens("part", "a")
        .thenWaits("a work", "stop message")
        .whenCompleted("a")
        .thenWaits("c work", "stop message");
  }

  @Test
  void anIncidentMovesAlong() {
    started(row("a"))
        .when(fail("a", false))
        .whenMigrated(row("z"), Map.of("a", "z"))
        .thenIncidents("broken")
        .when(retry())
        .thenSends("a 2 PT0S");
  }

  @Test
  void theMisfitsCanBeAskedBeforehand() {
    Scenario scenario = started(row("a"));
    Migration migration = new Migration(row("a").build(), row("b").build(), SAME);
    assertThat(migration.misfits(scenario.state()))
        .isEqualTo(List.of(new Migration.Misfit("a", "has no counterpart in the new version")));
  }
}
