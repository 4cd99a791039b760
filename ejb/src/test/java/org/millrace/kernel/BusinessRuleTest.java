package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.Action.retry;
import static org.millrace.kernel.Action.set;
import static org.millrace.kernel.Expressions.value;
import static org.millrace.kernel.Expressions.variable;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Binding;
import org.millrace.kernel.graph.DecisionCall;
import org.millrace.kernel.graph.DecisionCall.Shape;
import org.millrace.kernel.graph.Decisions;
import org.millrace.kernel.graph.Decisions.Reference;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.state.Evaluation;
import org.millrace.kernel.state.Evaluation.RuleHit;

/** Business-rule tasks on decisions. */
class BusinessRuleTest {

  /** The decision risk: high below 18, low from there; unknown without an age. */
  private static final Decisions RISK =
      (reference, variables, now) -> {
        if (!(variables.get("age") instanceof Long age)) {
          throw new EvaluationException("there is no age");
        }
        return result(reference, age < 18 ? "high" : "low", Map.of("age", age));
      };

  private static Decisions.Result result(
      Reference reference, Object value, Map<String, Object> inputs) {
    return new Decisions.Result(
        value,
        new Evaluation(
            reference.decision(),
            7,
            inputs,
            List.of(new RuleHit(reference.decision(), 1, "r1")),
            List.of(Map.of("risk", value))));
  }

  private static DecisionCall call(Decisions decisions, Expression decision, Shape shape) {
    return new DecisionCall(decisions, decision, Binding.LATEST, null, shape);
  }

  private static TestProcess decided(Decisions decisions, Shape shape) {
    return process()
        .start("s")
        .decision("rate", "r", call(decisions, value("risk"), shape))
        .end("e");
  }

  @Test
  void itsResultGoesIntoTheVariable_withinTheStep() {
    started(decided(RISK, Shape.RESULT), Map.of("age", 17L))
        .thenEntered("s", "rate", "e")
        .thenVariable("r", "high")
        .thenEnds();
  }

  @Test
  void whatWasDecidedIsInTheHistory() {
    List<Event> events = started(decided(RISK, Shape.RESULT), Map.of("age", 20L)).events();

    assertThat(events)
        .filteredOn(Event.DecisionEvaluated.class::isInstance)
        .extracting(event -> ((Event.DecisionEvaluated) event).evaluation())
        .containsExactly(
            new Evaluation(
                "risk",
                7,
                Map.of("age", 20L),
                List.of(new RuleHit("risk", 1, "r1")),
                List.of(Map.of("risk", "low"))));
  }

  @Test
  void itSeesItsInputMappings() {
    TestProcess process =
        process()
            .start("s")
            .input("age", variable("years"))
            .decision("rate", "r", call(RISK, value("risk"), Shape.RESULT))
            .end("e");

    started(process, Map.of("years", 3L)).thenVariable("r", "high").thenNoVariable("age");
  }

  @Test
  void givenNoVariableForTheResult_thenNoneIsSet() {
    started(
            process().start("s").decision("rate", null, call(RISK, value("risk"), Shape.RESULT)),
            Map.of("age", 17L))
        .thenNoVariable("r")
        .thenEnds();
  }

  @Test
  void whichDecisionCanBeComputed_andHowItIsBoundIsPassedOn() {
    List<Reference> asked = new ArrayList<>();
    Decisions decisions =
        (reference, variables, now) -> {
          asked.add(reference);
          return result(reference, 1L, Map.of());
        };
    DecisionCall call =
        new DecisionCall(decisions, variable("which"), Binding.VERSION, value(4L), Shape.RESULT);

    started(process().start("s").decision("d", "r", call), Map.of("which", "price"));

    assertThat(asked).contains(new Reference("price", Binding.VERSION, "4"));
    started(process().start("s").decision("d", "r", call), Map.of("which", 3L))
        .thenIncidents("does not give the id of a decision");
  }

  @Test
  void givenADecisionThatCannotBeEvaluated_thenAnIncidentStands_untilItCan() {
    started(decided(RISK, Shape.RESULT))
        .thenTokens("rate")
        .thenIncidents("there is no age")
        .when(set(Map.of("age", 1L)))
        .when(retry())
        .thenIncidents()
        .thenVariable("r", "high")
        .thenEnds();
  }

  @Test
  void givenADecisionThatIsNotDeployed_thenAnIncidentSaysSo() {
    started(decided(Decisions.NONE, Shape.RESULT))
        .thenIncidents("the decision \"risk\" is not deployed");
  }

  private static Decisions giving(List<Map<String, Object>> outputs) {
    return (reference, variables, now) ->
        new Decisions.Result(
            "own", new Evaluation(reference.decision(), 1, Map.of(), List.of(), outputs));
  }

  @Test
  void theResultHasTheShapeAskedFor() {
    Map<String, Object> one = Map.of("a", 1L);
    Map<String, Object> two = Map.of("a", 2L);

    started(decided(giving(List.of(one)), Shape.RESULT)).thenVariable("r", "own");
    started(decided(giving(List.of(one)), Shape.SINGLE_ENTRY)).thenVariable("r", 1L);
    started(decided(giving(List.of()), Shape.SINGLE_ENTRY)).thenVariable("r", null);
    started(decided(giving(List.of(one)), Shape.SINGLE_RESULT)).thenVariable("r", one);
    started(decided(giving(List.of()), Shape.SINGLE_RESULT)).thenVariable("r", null);
    started(decided(giving(List.of(one, two)), Shape.COLLECT_ENTRIES))
        .thenVariable("r", List.of(1L, 2L));
    started(decided(giving(List.of(one, two)), Shape.RESULT_LIST))
        .thenVariable("r", List.of(one, two));
  }

  @Test
  void givenMoreThanTheShapeHolds_thenAnIncidentStands() {
    Map<String, Object> wide = Map.of("a", 1L, "b", 2L);

    started(decided(giving(List.of(wide, wide)), Shape.SINGLE_RESULT))
        .thenIncidents("has 2 results where one is expected");
    started(decided(giving(List.of(wide)), Shape.SINGLE_ENTRY))
        .thenIncidents("where one is expected");
    started(decided(giving(List.of(wide)), Shape.COLLECT_ENTRIES))
        .thenIncidents("where one is expected");
  }
}
