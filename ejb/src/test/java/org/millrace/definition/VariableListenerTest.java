package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Kernel;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Wait;

/** Events of Flowable that are about a variable being set. */
class VariableListenerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static ProcessGraph process(String listener) {
    return Documents.read(
        Documents.process(
            """
            <startEvent id="s"/>
            <sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
            <userTask id="a"/>
            <boundaryEvent id="b" attachedToRef="a" cancelActivity="false">%s</boundaryEvent>
            <sequenceFlow id="f2" sourceRef="b" targetRef="heard"/>
            <userTask id="heard"/>
            """
                .formatted(listener)));
  }

  private static InstanceState after(ProcessGraph graph, InstanceState state, Command command) {
    Decision decision = Kernel.decide(graph, state, command, NOW);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    return ((Decision.Accepted) decision).state();
  }

  private static long heard(InstanceState state) {
    List<String> waits = state.waits().stream().map(Wait::element).toList();
    assertThat(waits).contains("a", "b");
    return waits.stream().filter("heard"::equals).count();
  }

  @ParameterizedTest
  @CsvSource({"all, 2, 3", "create, 0, 1", "update, 2, 2", "update-create, 2, 3"})
  void givenAListener_whenVariablesAreSet_thenItHearsOfTheChangesThatItIsFor(
      String type, int ofOld, int ofAll) {
    String attributes = "variableName='%s' variableChangeType='" + type + "'";
    String listener =
        "<flowable:variableListenerEventDefinition xmlns:flowable='http://flowable.org/bpmn' "
            + attributes
            + "/>";
    ProcessGraph graph =
        process("<extensionElements>" + listener.formatted("v, fresh") + "</extensionElements>");
    assertThat(process(listener.formatted("v, fresh")).elements().toString())
        .isEqualTo(graph.elements().toString());

    InstanceState state =
        after(
            graph,
            InstanceState.initial("instance"),
            new Command.Start(null, null, 4, Map.of("v", 1L)));
    assertThat(heard(state)).isZero();
    state = after(graph, state, new Command.SetVariables(Map.of("other", 1L)));
    assertThat(heard(state)).isZero();
    state = after(graph, state, new Command.SetVariables(Map.of("v", 2L)));
    state = after(graph, state, new Command.SetVariables(Map.of("v", 2L)));
    assertThat(heard(state)).isEqualTo(ofOld);
    state = after(graph, state, new Command.SetVariables(Map.of("fresh", 1L)));
    assertThat(heard(state)).isEqualTo(ofAll);
  }
}
