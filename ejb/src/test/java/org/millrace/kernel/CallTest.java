package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Expressions.*;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.graph.Binding;
import org.millrace.kernel.graph.Call;
import org.millrace.kernel.graph.Call.Passing;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Loop;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Wait;

/** Call activities, as the caller sees them. */
class CallTest {

  private static TestProcess calling() {
    return process().start("s").call("c").service("after").end("e");
  }

  private static TestProcess calling(List<Passing> in, List<Passing> out) {
    Call call = new Call(value("called"), Binding.LATEST, null, false, null, in, out);
    return process().start("s").call("c", call).service("after").end("e");
  }

  private static Passing one(String target, Expression source, boolean own) {
    return new Passing(new Mapping(target, source), own);
  }

  private static Effect.StartCalled call(Scenario scenario) {
    return only(scenario, Effect.StartCalled.class);
  }

  private static <E extends Effect> E only(Scenario scenario, Class<E> kind) {
    List<E> found = scenario.effects().stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void whenEntered_thenAnotherProcessIsCalledAndItsEndAwaited() {
    Scenario scenario = started(calling(), Map.of("x", 1L)).thenWaits("c call");

    assertThat(call(scenario))
        .isEqualTo(
            new Effect.StartCalled(
                scenario.wait("c"),
                new Effect.Callee("called", Binding.LATEST, null),
                "key-1",
                4,
                Map.of("x", 1L)));
  }

  @Test
  void whenTheCalledInstanceEnds_thenItsVariablesPassAndTheCallerGoesOn() {
    started(calling())
        .when(ended("c", Map.of("y", 2L)))
        .thenVariable("y", 2L)
        .thenWaits("after work")
        .thenEntered("after");
    started(calling())
        .when(ended("c", Status.TERMINATED, null, Map.of("y", 2L)))
        .thenVariable("y", 2L)
        .thenWaits("after work");
  }

  @Test
  void onlyWhatIsNamedPasses() {
    List<Passing> in = List.of(one("a", variable("x"), false), one("none", variable("no"), false));
    List<Passing> out = List.of(one("r", variable("a"), false));
    Scenario scenario = started(calling(in, out), Map.of("x", 1L, "z", 3L));
    assertThat(call(scenario).variables())
        .containsEntry("a", 1L)
        .containsEntry("none", null)
        .hasSize(2);
    assertThat(call(scenario).businessKey()).isNull();

    scenario.when(ended("c", Map.of("a", 7L, "b", 8L))).thenVariable("r", 7L).thenNoVariable("b");
  }

  @Test
  void theActivitysOwnIsWhatItsMappingsGiveIt() {
    List<Passing> own = List.of(Passing.all(true));
    TestProcess process =
        process()
            .start("s")
            .input("i", value(1L))
            .output("o", variable("r"))
            .call("c", new Call(value("q"), Binding.LATEST, null, false, null, own, own))
            .end("e");
    Scenario scenario = started(process, Map.of("x", 1L));
    assertThat(call(scenario).variables()).isEqualTo(Map.of("i", 1L));

    scenario.when(ended("c", Map.of("r", 5L))).thenVariable("o", 5L).thenNoVariable("r").thenEnds();
  }

  @Test
  void theProcessVersionAndKeyAreWhatTheirExpressionsGive() {
    Call call =
        new Call(
            variable("which"),
            Binding.VERSION,
            variable("version"),
            true,
            variable("key"),
            List.of(),
            List.of());
    TestProcess process = process().start("s").call("c", call).end("e");

    Effect.StartCalled started =
        call(started(process, Map.of("which", "q", "version", 3L, "key", 4L)));
    assertThat(started.callee()).isEqualTo(new Effect.Callee("q", Binding.VERSION, "3"));
    assertThat(started.businessKey()).isEqualTo("4");
    started(process, Map.of("which", "q", "version", "three")).thenIncidents("\"three\", is none");
    started(process, Map.of("version", 3L)).thenIncidents("\"which\" has no value");
  }

  @Test
  void whenTheCalledInstanceFails_thenItsErrorIsThrownAtTheCall() {
    Action fails = ended("c", Status.FAILED, "E1", Map.of("y", 2L));
    started(calling()).when(fails).thenStatus(Status.FAILED).thenVariable("y", 2L);
    started(calling().boundary("b", "c", error("E1")).service("mend").end("e2"))
        .when(fails)
        .thenVariable("y", 2L)
        .thenWaits("mend work");
    started(calling().eventSub("es", in -> in.start("ess", error("E1")).service("mend").end("ese")))
        .when(fails)
        .thenWaits("mend work");
  }

  @Test
  void whenTheCalledInstanceFails_thenWhoCatchesItLearnsWhatWasSaid_andSoDoesTheNextCaller() {
    Action fails = ended("c", Status.FAILED, "E1", "no money", Map.of());

    started(calling().boundary("b", "c", error(null, "code", "said")).service("mend").end("e2"))
        .when(fails)
        .thenVariable("code", "E1")
        .thenVariable("said", "no money");
    assertThat(started(calling()).when(fails).state().message()).isEqualTo("no money");
  }

  @Test
  void whenTheCalledInstanceIsCancelled_thenAnIncidentStandsAndARetryCallsAnother() {
    Scenario scenario =
        started(calling())
            .when(ended("c", Status.CANCELLED, null, Map.of()))
            .thenIncidents("was cancelled");
    scenario.when(suspend()).when(resume());
    assertThat(scenario.effects()).isEmpty();

    scenario.when(retry()).thenIncidents();

    assertThat(call(scenario).call().attempt()).isEqualTo(2);
    scenario.when(ended("c", Map.of())).thenWaits("after work");
  }

  @Test
  void whenItCannotBeCalled_thenAnIncidentStandsAndARetryCallsTheSame() {
    Scenario scenario =
        started(calling()).when(fail("c", false)).thenIncidents("broken").when(retry());

    assertThat(call(scenario).call().attempt()).isEqualTo(1);
  }

  private static Action lost(String code) {
    return state -> {
      Wait call = open(state, "c");
      return new Command.EscalationLost(call.id(), call.attempt(), code, Map.of("y", 2L));
    };
  }

  private static Action escalated(String code) {
    return state -> {
      Wait call = open(state, "c");
      return new Command.CalledEscalated(call.id(), call.attempt(), code, Map.of("z", 3L));
    };
  }

  @Test
  void whenAnEscalationIsLost_thenAnIncidentStandsWhoseRetryTellsItAndAllThatCameSince() {
    Scenario scenario =
        started(calling().nonInterrupting("b", "c", escalation("UP")).user("mend").end("e2"))
            .when(lost("UP"))
            .when(escalated("UP"))
            .thenIncidents("escalation UP could not be delivered")
            .thenWaits("c call")
            .when(retry())
            .thenIncidents()
            .thenVariable("y", 2L)
            .thenVariable("z", 3L);

    assertThat(call(scenario).call().attempt()).isEqualTo(1);
    scenario.when(ended("c", Map.of())).thenWaits("mend task", "mend task", "after work");
  }

  @Test
  void whenALostEscalationEndsTheCall_thenNothingElseIsToldByTheRetry() {
    started(calling().boundary("b", "c", escalation("UP")).user("mend").end("e2"))
        .when(lost("UP"))
        .when(lost("UP"))
        .thenIncidents("UP")
        .when(retry())
        .thenIncidents()
        .thenWaits("mend task");
  }

  @Test
  void whenTheResultCannotBeMapped_thenItIsAskedForAgainOnRetry() {
    List<Passing> out = List.of(one("r", needed("a"), false));
    Scenario scenario =
        started(calling(List.of(), out))
            .when(ended("c", Map.of()))
            .thenIncidents("no variable a")
            .thenWaits("c call")
            .when(retry());

    assertThat(call(scenario).call().attempt()).isEqualTo(1);
    scenario.when(ended("c", Map.of("a", 1L))).thenVariable("r", 1L).thenWaits("after work");
  }

  @Test
  void whenTheCallIsGivenUp_thenTheCalledInstanceIsCancelled() {
    Effect.CancelCalled cancelled = null;
    for (Scenario scenario :
        List.of(
            started(calling()).when(cancel()),
            started(calling().boundary("b", "c", message("m")).end("e2")).when(deliver("b")),
            started(
                    process()
                        .start("s")
                        .parallel("p")
                        .call("c")
                        .end("e")
                        .from("p")
                        .user("u")
                        .end("t", terminate()))
                .when(complete("u")))) {
      cancelled = only(scenario, Effect.CancelCalled.class);
      assertThat(cancelled.attempt()).isEqualTo(1);
    }
    assertThat(started(calling()).when(ended("c", Map.of())).effects())
        .noneMatch(Effect.CancelCalled.class::isInstance);
  }

  @Test
  void whenSuspended_thenNothingIsCalledUntilItIsResumed() {
    TestProcess process = process().start("s").user("u").call("c").end("e");
    Scenario scenario = started(process).when(suspend()).when(complete("u"));
    assertThat(scenario.effects()).isEmpty();

    scenario.when(resume());
    assertThat(call(scenario).callee().process()).isEqualTo("called");
    scenario.when(suspend()).when(ended("c", Map.of())).thenEnds();
  }

  @Test
  void aSecondEndIsStale() {
    Scenario scenario = started(calling());
    Action end = ended("c", Map.of());
    var command = end.on(scenario.state());
    scenario.when(end).tried(state -> command).thenRejected(Kind.STALE);
  }

  @Test
  void aCompletedCallIsCompensatedByItsHandler() {
    TestProcess process =
        process()
            .start("s")
            .call("c")
            .compensatedBy("undo", "c")
            .from("c")
            .end("e", compensation());
    started(process).when(ended("c", Map.of())).thenWaits("undo work");
  }

  @Test
  void eachRunOfALoopCallsAnInstanceOfItsOwn() {
    Loop each =
        new Loop.MultiInstance(
            false,
            new Loop.Source(null, variable("all"), "item"),
            Loop.Numbering.FROM_ZERO,
            computed("enough", seen -> "stop".equals(seen.get("r"))),
            List.of(new Loop.Result("results", List.of("r"), variable("r"))));
    List<Passing> all = List.of(Passing.all(false));
    Call call = new Call(value("q"), Binding.LATEST, null, false, null, all, all);
    TestProcess process = process().start("s").loop(each).call("c", call).service("b").end("e");

    Scenario scenario =
        started(process, Map.of("all", List.of("x", "y", "z")))
            .thenWaits("c call", "c call", "c call");
    assertThat(scenario.effects())
        .filteredOn(Effect.StartCalled.class::isInstance)
        .extracting(effect -> ((Effect.StartCalled) effect).variables().get("item"))
        .containsExactly("x", "y", "z");

    scenario.when(ended("c", Map.of("r", "first"))).thenWaits("c call", "c call");
    scenario
        .when(ended("c", Map.of("r", "stop")))
        .thenVariable("results", Arrays.asList("first", "stop", null))
        .thenNoVariable("r")
        .thenWaits("b work");
    assertThat(scenario.effects())
        .as("the third is given up")
        .filteredOn(Effect.CancelCalled.class::isInstance)
        .hasSize(1);
  }
}
