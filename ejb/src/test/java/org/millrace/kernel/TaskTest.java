package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.*;
import static org.millrace.kernel.Scenario.given;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Work;

/** Service, user, script, receive and abstract tasks, and the start and end around them. */
class TaskTest {

  private static TestProcess work() {
    return process().start("start").service("charge").end("end");
  }

  @Test
  void anEmptyProcessEndsAtOnce() {
    given(process().start("start").end("end"))
        .when(start())
        .thenEntered("start", "end")
        .thenTokens()
        .thenEnds();
  }

  @Test
  void aMessageStartBeginsAtItsEvent() {
    TestProcess process =
        process().start("start").end("end").start("ordered", message("order")).service("charge");
    given(process).when(startAt("ordered")).thenWaits("charge work");
  }

  @Test
  void withoutANoneStartItBeginsAtItsTimerOrAtTheOnlyStartThatThereIs() {
    given(process().start("ordered", message("order")).service("a"))
        .when(start())
        .thenWaits("a work");
    given(
            process()
                .start("ordered", message("order"))
                .service("a")
                .start("daily", cycle("R/P1D"))
                .service("b"))
        .when(start())
        .thenWaits("b work");
  }

  @Test
  void aProcessOfSeveralMessagesIsNotBegunWithoutOne() {
    given(
            process()
                .start("ordered", message("order"))
                .end("end")
                .start("paid", message("pay"))
                .end("end2"))
        .tried(start())
        .thenRejected(Kind.INVALID)
        .tried(startAt("end"))
        .thenRejected(Kind.INVALID);
  }

  @Test
  void anInstanceIsStartedOnce() {
    started(work()).tried(start()).thenRejected(Kind.STALE);
  }

  @Test
  void whatComesBeforeTheStartIsTooEarly() {
    given(work())
        .tried(state -> new Command.Complete(3, 1, Map.of()))
        .thenRejected(Kind.TOO_EARLY)
        .tried(set(Map.of("a", 1L)))
        .thenRejected(Kind.TOO_EARLY)
        .tried(cancel())
        .thenRejected(Kind.TOO_EARLY);
  }

  @Test
  void workIsSentAndItsAnswerGoesOn() {
    Scenario scenario =
        started(work(), Map.of("amount", 7L))
            .thenWaits("charge work")
            .thenTokens("charge")
            .thenSends("charge 1 PT0S");
    assertThat(scenario.sent("charge").variables()).isEqualTo(Map.of("amount", 7L));
    assertThat(scenario.sent("charge").priority()).isEqualTo(4);
    scenario
        .when(complete("charge", Map.of("paid", true)))
        .thenVariable("paid", true)
        .thenVariable("amount", 7L)
        .thenEnds();
    assertThat(scenario.state().businessKey()).isEqualTo("key-1");
    assertThat(scenario.state().endedAt()).isEqualTo(Scenario.BEGIN);
  }

  @Test
  void workHasAPriorityOfItsOwnWithinBounds() {
    for (var expected : Map.<Object, Integer>of(2L, 2, 12L, 9, -1L, 0, "high", 4).entrySet()) {
      Work work = new Work("charge", 1, List.of(), value(expected.getKey()));
      Scenario scenario = started(process().start("s").service("charge", work).end("e"));
      assertThat(scenario.sent("charge").priority()).isEqualTo(expected.getValue());
    }
  }

  @Test
  void aFailedAttemptIsFollowedByTheNextAfterItsPause() {
    TestProcess process =
        process()
            .start("s")
            .service(
                "charge",
                TestProcess.work("charge", 4, Duration.ofSeconds(1), Duration.ofMinutes(1)))
            .end("e");
    started(process)
        .when(fail("charge"))
        .thenSends("charge 2 PT1S")
        .when(fail("charge"))
        .thenSends("charge 3 PT1M")
        .when(fail("charge"))
        .thenSends("charge 4 PT1M")
        .thenIncidents()
        .when(complete("charge"))
        .thenEnds();
  }

  @Test
  void anIncidentStandsAfterTheLastAttempt() {
    Scenario scenario =
        started(work())
            .when(fail("charge"))
            .when(fail("charge"))
            .when(fail("charge"))
            .thenSends()
            .thenIncidents("broken")
            .thenWaits("charge work")
            .thenRuns();
    var incident = scenario.state().incidents().iterator().next();
    assertThat(incident.attempts()).isEqualTo(3);
    assertThat(incident.details()).isEqualTo("trace");
    assertThat(incident.waitId()).isEqualTo(scenario.wait("charge").id());
    scenario.tried(fail("charge")).thenRejected(Kind.STALE);
    int wait = scenario.wait("charge").id();
    scenario
        .tried(state -> new Command.Fail(wait, 0, "by hand", null, true))
        .thenRejected(Kind.STALE);
  }

  @Test
  void aFailureThatSaysSoIsNotRetried() {
    started(work()).when(fail("charge", false)).thenSends().thenIncidents("broken");
  }

  @Test
  void aRetriedIncidentHasAllAttemptsAnew() {
    Scenario scenario =
        started(work())
            .when(fail("charge", false))
            .when(retry())
            .thenSends("charge 2 PT0S")
            .thenIncidents()
            .when(fail("charge"))
            .thenSends("charge 3 PT1S")
            .when(fail("charge"))
            .thenSends("charge 4 PT10S")
            .when(fail("charge"))
            .thenIncidents("broken")
            .when(retry())
            .thenSends("charge 5 PT0S");
    scenario.when(complete("charge")).thenEnds();
  }

  @Test
  void aResolvedIncidentIsNotRetriedAgain() {
    started(work())
        .when(fail("charge", false))
        .when(retry())
        .tried(state -> new Command.RetryIncident(state.nextId() - 1))
        .thenRejected(Kind.STALE);
  }

  @Test
  void anIncidentGoesWithTheAnswerByHand() {
    TestProcess process = process().start("start").service("charge").service("ship").end("end");
    Scenario scenario = started(process).when(fail("charge", false));
    int wait = scenario.wait("charge").id();
    scenario
        .when(state -> new Command.Complete(wait, 0, Map.of()))
        .thenIncidents()
        .thenWaits("ship work");
  }

  @Test
  void anAnswerToAnOlderAttemptIsStale() {
    Scenario scenario = started(work());
    var first = complete("charge").on(scenario.state());
    scenario
        .when(fail("charge"))
        .tried(state -> first)
        .thenRejected(Kind.STALE)
        .when(complete("charge"))
        .thenEnds();
  }

  @Test
  void anAnswerToAnAttemptNotYetOrderedIsTooEarly() {
    Scenario scenario = started(work());
    int wait = scenario.wait("charge").id();
    scenario
        .tried(state -> new Command.Complete(wait, 2, Map.of()))
        .thenRejected(Kind.TOO_EARLY)
        .tried(state -> new Command.Complete(state.nextId(), 1, Map.of()))
        .thenRejected(Kind.TOO_EARLY);
  }

  @Test
  void aWaitTakesTheAnswersOfItsKindAlone() {
    TestProcess process =
        process()
            .start("s")
            .parallel("fork")
            .service("work")
            .from("fork")
            .user("task")
            .from("fork")
            .receive("message", "m")
            .from("fork")
            .catching("timer", duration("PT1H"));
    Scenario scenario = started(process);
    for (String element : List.of("message", "timer")) {
      scenario.tried(complete(element)).thenRejected(Kind.INVALID);
      scenario.tried(error(element, "E")).thenRejected(Kind.INVALID);
    }
    for (String element : List.of("message", "task")) {
      scenario.tried(fail(element)).thenRejected(Kind.INVALID);
    }
    for (String element : List.of("message", "timer", "work")) {
      scenario.tried(claim(element, "eve")).thenRejected(Kind.INVALID);
    }
    for (String element : List.of("work", "task", "timer")) {
      scenario.tried(deliver(element)).thenRejected(Kind.INVALID);
    }
    for (String element : List.of("work", "task", "message")) {
      scenario.tried(fire(element)).thenRejected(Kind.INVALID);
      scenario.tried(fireEarly(element)).thenRejected(Kind.INVALID);
    }
  }

  @Test
  void aUserTaskIsOfferedToUsersAndGroups() {
    TestProcess process =
        process()
            .start("s")
            .user(
                "approve",
                null,
                List.of(value("ann, bob"), variable("more")),
                List.of(value(List.of("managers", "board")), variable("missing")))
            .end("e");
    Scenario scenario =
        started(process, Map.of("more", List.of("cy"))).thenWaits("approve task").thenSends();
    assertThat(scenario.wait("approve").users()).containsExactly("ann", "bob", "cy");
    assertThat(scenario.wait("approve").groups()).containsExactly("managers", "board");
    assertThat(scenario.wait("approve").assignee()).isNull();
    scenario.when(complete("approve", Map.of("approved", true))).thenEnds();
  }

  @Test
  void aUserTaskCanHaveItsAssigneeFromTheStart() {
    TestProcess process =
        process().start("s").user("approve", variable("boss"), List.of(), List.of()).end("e");
    assertThat(started(process, Map.of("boss", "ann")).wait("approve").assignee()).isEqualTo("ann");
  }

  @Test
  void aTaskIsClaimedGivenBackAndClaimedByAnother() {
    Scenario scenario =
        started(process().start("s").user("approve").end("e")).when(claim("approve", "ann"));
    assertThat(scenario.wait("approve").assignee()).isEqualTo("ann");
    scenario
        .tried(claim("approve", "bob"))
        .thenRejected(Kind.STALE)
        .when(claim("approve", "ann"))
        .thenNothingHappened()
        .when(claim("approve", null))
        .when(claim("approve", "bob"));
    assertThat(scenario.wait("approve").assignee()).isEqualTo("bob");
    scenario.when(complete("approve")).thenEnds();
  }

  @Test
  void aScriptsValueGoesIntoItsVariable() {
    Expression sum = computed("a + 1", variables -> (Long) variables.get("a") + 1);
    started(process().start("s").script("sum", "b", sum).end("e"), Map.of("a", 1L))
        .thenVariable("b", 2L)
        .thenEnds();
  }

  @Test
  void aScriptMayGiveNothing() {
    started(process().start("s").script("sum", "b", value(null)).end("e"))
        .thenVariable("b", null)
        .thenEnds();
    started(process().start("s").script("sum", null, value(1L)).end("e")).thenEnds();
  }

  @Test
  void aScriptWithoutAValueStandsAsAnIncidentUntilItHasOne() {
    started(process().start("s").script("sum", "b", needed("a")).end("e"))
        .thenIncidents("there is no variable a")
        .thenTokens("sum")
        .when(retry())
        .thenIncidents("there is no variable a")
        .when(set(Map.of("a", 1L)))
        .when(retry())
        .thenIncidents()
        .thenVariable("b", 1L)
        .thenEnds();
  }

  @Test
  void aReceiveTaskWaitsForItsMessage() {
    started(process().start("s").receive("paid", "payment").end("e"))
        .thenWaits("paid message")
        .when(deliver("paid", Map.of("amount", 3L)))
        .thenVariable("amount", 3L)
        .thenEnds();
  }

  @Test
  void anAbstractTaskIsPassed() {
    started(process().start("s").pass("think").end("e")).thenEntered("s", "think", "e").thenEnds();
  }

  @Test
  void aThrownMessageIsWorkOfItsStage() {
    started(process().start("s").throwing("tell", send("mail")).end("told", send("archive")))
        .thenSends("mail 1 PT0S")
        .when(fail("tell"))
        .thenSends("mail 2 PT1S")
        .when(complete("tell", Map.of("x", 1L)))
        .thenVariable("x", 1L)
        .thenSends("archive 1 PT0S")
        .thenRuns()
        .when(complete("told"))
        .thenEnds();
  }

  @Test
  void theEndedInstanceTakesNothingMore() {
    Scenario scenario = started(work());
    var late = complete("charge").on(scenario.state());
    scenario
        .when(complete("charge"))
        .tried(state -> late)
        .thenRejected(Kind.STALE)
        .tried(cancel())
        .thenRejected(Kind.STALE)
        .tried(set(Map.of("a", 1L)))
        .thenRejected(Kind.STALE);
    assertThat(scenario.history()).last().isInstanceOf(Event.Ended.class);
  }
}
