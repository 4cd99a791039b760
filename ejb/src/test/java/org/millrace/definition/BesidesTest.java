package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Kernel;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Wait;

/** What other engines do besides at an element: listeners that set variables, and skipping. */
class BesidesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private InstanceState state = InstanceState.initial("instance");

  private ProcessGraph start(String task, Map<String, Object> variables) {
    ProcessGraph graph = Documents.read(Documents.row("t", task));
    decide(graph, new Command.Start(null, null, 4, variables));
    return graph;
  }

  private void decide(ProcessGraph graph, Command command) {
    Decision decision = Kernel.decide(graph, state, command, NOW);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    state = ((Decision.Accepted) decision).state();
    assertThat(state.incidents()).isEmpty();
  }

  private static String listener(String event, String expression) {
    return "<camunda:executionListener event=\"%s\" expression=\"%s\"/>"
        .formatted(event, expression);
  }

  @Test
  void aListenerSetsAVariableWhenTheActivityBeginsAndWhenItCompletes() {
    String task =
        "<serviceTask id='t'><extensionElements>"
            + listener("start", "${execution.setVariable('begun', x + 1)}")
            + listener("end", "#{execution.setVariable(&quot;ended&quot;, result)}")
            + "</extensionElements></serviceTask>";
    ProcessGraph graph = start(task, Map.of("x", 1L));
    assertThat(state.variables()).isEqualTo(Map.of("x", 1L, "begun", 2L));

    decide(
        graph, new Command.Complete(state.waits().iterator().next().id(), 0, Map.of("result", 7L)));

    assertThat(state.variables()).containsEntry("ended", 7L);
    assertThat(state.status().ended()).isTrue();
  }

  @Test
  void soDoesATaskListenerAndAScript() {
    String task =
        """
        <userTask id="t"><extensionElements>
          <camunda:taskListener event="create" expression="${task.setVariable('a', 1)}"/>
          <flowable:taskListener event="complete" expression="${task.execution.setVariable('b', 2)}"/>
          <camunda:executionListener event="end">
            <camunda:script scriptFormat="juel">${execution.setVariable('c', 3)}</camunda:script>
          </camunda:executionListener>
        </extensionElements></userTask>
        """;
    ProcessGraph graph = start(task, Map.of());
    decide(graph, new Command.Complete(state.waits().iterator().next().id(), 0, Map.of()));
    assertThat(state.variables()).isEqualTo(Map.of("a", 1L, "b", 2L, "c", 3L));
  }

  @Test
  void onFlowsGatewaysAndEvents() {
    ProcessGraph graph =
        Documents.read(
            Documents.process(
                """
                <startEvent id="s"><extensionElements>%s</extensionElements></startEvent>
                <sequenceFlow id="f1" sourceRef="s" targetRef="g"><extensionElements>%s</extensionElements></sequenceFlow>
                <parallelGateway id="g"><extensionElements>%s</extensionElements></parallelGateway>
                <sequenceFlow id="f2" sourceRef="g" targetRef="e"><extensionElements>
                  <camunda:executionListener expression="${execution.setVariable('d', 4)}"/></extensionElements></sequenceFlow>
                <endEvent id="e"><extensionElements>%s</extensionElements></endEvent>
                """
                    .formatted(
                        listener("start", "${execution.setVariable('a', 1)}"),
                        listener("take", "${execution.setVariable('b', a + 1)}"),
                        listener("end", "${execution.setVariable('c', b + 1)}"),
                        listener("end", "${execution.setVariable('e', d + 1)}"))));
    decide(graph, new Command.Start(null, null, 4, Map.of()));
    assertThat(state.variables()).isEqualTo(Map.of("a", 1L, "b", 2L, "c", 3L, "d", 4L, "e", 5L));
  }

  @Test
  void anActivityIsSkippedWhereTheProcessLetsItBe() {
    String task = "<serviceTask id='t' flowable:skipExpression='${x == 1}'/>";
    for (String enabled :
        List.of("_ACTIVITI_SKIP_EXPRESSION_ENABLED", "_FLOWABLE_SKIP_EXPRESSION_ENABLED")) {
      state = InstanceState.initial("instance");
      start(task, Map.of("x", 1L, enabled, true));
      assertThat(state.status().ended()).isTrue();
      state = InstanceState.initial("instance");
      start(task, Map.of("x", 2L, enabled, true));
      assertThat(state.waits()).extracting(Wait::element).containsExactly("t");
    }
    state = InstanceState.initial("instance");
    start(task, Map.of("x", 1L));
    assertThat(state.waits()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event='start' class='a.B'",
        "event='start' delegateExpression='${b}'",
        "event='start' expression='${bean.call(execution)}'",
        "event='start' expression='${execution.setVariable(name, 1)}'",
        "event='assignment' expression='${execution.setVariable(&quot;a&quot;, 1)}'",
        "expression='${execution.setVariable(&quot;a&quot;, 1)}'",
      })
  void whatIsCodeOfThatEngineIsRefused(String listener) {
    assertThat(
            Documents.problems(
                Documents.row(
                    "t",
                    "<userTask id='t'><extensionElements><camunda:taskListener %s/></extensionElements></userTask>"
                        .formatted(listener))))
        .isNotEmpty();
  }
}
