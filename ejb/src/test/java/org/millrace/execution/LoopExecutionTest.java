package org.millrace.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.api.operation.StartRequest;
import org.millrace.kernel.Kernel;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.InstanceState;
import org.millrace.persistence.TestDatabase;

/** Loops, transactions and ad-hoc sub-processes through the shell, on real databases. */
@ParameterizedClass
@EnumSource
class LoopExecutionTest {

  private final Shell shell;

  LoopExecutionTest(TestDatabase.Kind kind) {
    shell = new Shell(TestDatabase.of(kind));
  }

  @BeforeEach
  void clear() {
    shell.database.clear();
  }

  private static String row(String activity) {
    return """
        <process id="p" isExecutable="true">
          <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
          %s
          <sequenceFlow id="f2" sourceRef="a" targetRef="e"/><endEvent id="e"/>
        </process>
        """
        .formatted(activity);
  }

  private String start(Map<String, Object> variables) {
    return shell.start(new StartRequest("p", null, null, null, 4, variables), null, false);
  }

  private void complete(String id, String activity, Map<String, Object> variables) {
    shell.execute(id, new Command.Complete(shell.wait(id, activity).id(), 0, variables));
  }

  /** Folding what is stored of the history gives the stored state. */
  private void thenItsHistoryGivesItsState(String id) {
    InstanceState state = InstanceState.initial(id);
    for (InstanceStore.Recorded step :
        shell.database.inTransaction(() -> shell.database.instances.history(id))) {
      for (Event event : step.events()) {
        state = Kernel.evolve(state, event, step.at());
      }
    }
    assertThat(shell.read(id).state()).isEqualTo(state);
  }

  @Test
  void givenACollection_thenEachItemHasItsRunAndTheHistoryNamesEach() {
    shell.deploy(
        row(
            """
            <serviceTask id="a" millrace:stage="stage-a">
              <multiInstanceLoopCharacteristics millrace:collection="items"
                  millrace:elementVariable="item" millrace:outputCollection="results"
                  millrace:outputElement="result"/>
            </serviceTask>
            """));
    String id = start(Map.of("items", List.of("x", "y", false)));

    assertThat(shell.take("work")).hasSize(3).containsOnly("work stage-a 1");
    complete(id, "a", Map.of("result", false));
    thenItsHistoryGivesItsState(id);
    complete(id, "a", Map.of("result", List.of()));
    assertThat(shell.history(id))
        .containsExactly("s completed 1", "a completed 1", "a completed 1", "a active 1");

    complete(id, "a", Map.of("result", "z"));
    assertThat(shell.status(id)).isEqualTo("completed");
    assertThat(shell.read(id).state().variables())
        .containsEntry("results", List.of(false, List.of(), "z"));
    thenItsHistoryGivesItsState(id);
  }

  @Test
  void givenARowOfRuns_thenTheNextOneBeginsFromTheStoredState() {
    shell.deploy(
        row(
            """
            <serviceTask id="a">
              <multiInstanceLoopCharacteristics isSequential="true" millrace:collection="= items"
                  millrace:elementVariable="item"/>
            </serviceTask>
            """));
    String id = start(Map.of("items", List.of("x", "y")));
    complete(id, "a", Map.of("items", List.of()));

    InstanceState state = shell.read(id).state();
    assertThat(state.visibleFrom(shell.wait(id, "a").scope()))
        .containsEntry("item", "y")
        .containsEntry("loopCounter", 1L)
        .containsEntry("nrOfCompletedInstances", 1L);
    thenItsHistoryGivesItsState(id);
    complete(id, "a", Map.of());
    assertThat(shell.status(id)).isEqualTo("completed");
  }

  @Test
  void givenATransaction_whenItIsCancelled_thenItIsCompensatedFromTheStoredState() {
    shell.deploy(
        row(
            """
            <transaction id="a">
              <startEvent id="is"/><sequenceFlow id="i1" sourceRef="is" targetRef="book"/>
              <serviceTask id="book">
                <multiInstanceLoopCharacteristics millrace:collection="items"
                    millrace:elementVariable="item"/>
              </serviceTask>
              <sequenceFlow id="i2" sourceRef="book" targetRef="no"/><userTask id="no"/>
              <sequenceFlow id="i3" sourceRef="no" targetRef="cancel"/>
              <endEvent id="cancel"><cancelEventDefinition/></endEvent>
              <boundaryEvent id="b" attachedToRef="book"><compensateEventDefinition/></boundaryEvent>
              <serviceTask id="undo" isForCompensation="true"/>
              <association id="as" sourceRef="b" targetRef="undo"/>
            </transaction>
            <boundaryEvent id="cancelled" attachedToRef="a"><cancelEventDefinition/></boundaryEvent>
            <sequenceFlow id="f3" sourceRef="cancelled" targetRef="sorry"/><userTask id="sorry"/>
            """));
    String id = start(Map.of("items", List.of("x", "y")));
    complete(id, "book", Map.of());
    complete(id, "book", Map.of());
    thenItsHistoryGivesItsState(id);
    complete(id, "no", Map.of());

    assertThat(shell.read(id).state().visibleFrom(shell.wait(id, "undo").scope()))
        .containsEntry("item", "y");
    complete(id, "undo", Map.of());
    complete(id, "undo", Map.of());
    assertThat(shell.history(id))
        .contains("a cancelled 1", "cancel completed 1", "undo completed 1", "sorry active 1");
    thenItsHistoryGivesItsState(id);
  }

  @Test
  void givenAnAdHocSubProcess_thenWhatIsNamedBeginsAndItStaysUntilItsConditionHolds() {
    shell.deploy(
        row(
            """
            <adHocSubProcess id="a" millrace:activeElements="= begin">
              <userTask id="one"/><userTask id="two"/>
              <completionCondition>= enough</completionCondition>
            </adHocSubProcess>
            """));
    String id = start(Map.of("begin", List.of("one", "two"), "enough", false));
    complete(id, "one", Map.of());
    assertThat(shell.read(id).state().waits()).hasSize(1);

    complete(id, "two", Map.of());
    assertThat(shell.read(id).state().resting()).extracting(t -> t.element()).containsExactly("a");
    thenItsHistoryGivesItsState(id);
  }
}
