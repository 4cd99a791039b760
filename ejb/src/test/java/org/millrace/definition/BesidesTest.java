package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Kernel;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.effect.Effect;
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

  /** What listeners were told, oldest first. */
  private final List<String> told = new ArrayList<>();

  private void decide(ProcessGraph graph, Command command) {
    Decision decision = Kernel.decide(graph, state, command, NOW);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    state = ((Decision.Accepted) decision).state();
    for (Effect effect : ((Decision.Accepted) decision).effects()) {
      if (effect instanceof Effect.TellListener one) {
        told.add("%s %s %s".formatted(one.listener(), one.event(), one.at()));
      }
    }
    assertThat(state.incidents()).isEmpty();
  }

  private void complete(ProcessGraph graph) {
    decide(graph, new Command.Complete(state.waits().iterator().next().id(), 0, Map.of()));
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

  @Test
  void givenCode_thenItIsTold() {
    String task =
        """
        <userTask id="t" camunda:assignee="mary"><extensionElements>
          <camunda:executionListener event="end" class="com.acme.Audit"/>
          <camunda:executionListener event="start" delegateExpression="${audit}"/>
          <camunda:taskListener event="create" expression="${mailer.mail(task, x, y)}">
            <camunda:field name="to" stringValue="all"/></camunda:taskListener>
          <flowable:taskListener event="all" class="Every"/>
        </extensionElements></userTask>
        """;
    ProcessGraph graph = Documents.read(Documents.row("t", task));

    Decision decision =
        Kernel.decide(graph, state, new Command.Start(null, null, 4, Map.of("x", 1L)), NOW);

    assertThat(((Decision.Accepted) decision).effects())
        .contains(
            new Effect.TellListener(
                "mailer.mail", "create", "t", Map.of("x", 1L, "fields", Map.of("to", "all"))));
    decide(graph, new Command.Start(null, null, 4, Map.of("x", 1L, "y", 2L)));
    assertThat(told)
        .containsExactly(
            "audit start t", "mailer.mail create t", "Every create t", "Every assignment t");
    told.clear();
    int wait = state.waits().iterator().next().id();
    decide(graph, new Command.Claim(wait, null));
    decide(graph, new Command.Claim(wait, "john"));
    complete(graph);
    assertThat(told).containsExactly("Every assignment t", "Every complete t", "Audit end t");
  }

  @Test
  void givenCode_whenTheActivityIsCancelled_thenItIsTold() {
    String task =
        """
        <userTask id="t"><extensionElements>
          <camunda:executionListener event="end" class="Audit"/>
          <camunda:executionListener event="end" expression="${execution.setVariable('a', 1)}"/>
          <camunda:taskListener event="complete" class="Mail"/>
          <camunda:taskListener event="delete" class="Mail"/>
        </extensionElements>
        <multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>
        </userTask>
        """;
    ProcessGraph graph = start(task, Map.of());

    decide(graph, new Command.Cancel());

    assertThat(told)
        .containsExactly("Audit end t", "Mail delete t", "Audit end t", "Mail delete t");
    assertThat(state.variables()).isEmpty();
  }

  @Test
  void onTheProcess() {
    ProcessGraph graph =
        Documents.read(
            Documents.process(
                """
                <extensionElements>
                  <camunda:executionListener event="start" expression="${execution.setVariable('a', x + 1)}"/>
                  <camunda:executionListener event="start" class="Audit"/>
                  <camunda:executionListener event="end" class="Audit"/>
                  <camunda:executionListener event="end" expression="${execution.setVariable('b', a + 1)}"/>
                </extensionElements>
                <startEvent id="s"/>
                <sequenceFlow id="f" sourceRef="s" targetRef="t"><extensionElements>
                  <camunda:executionListener class="Audit"/></extensionElements></sequenceFlow>
                <userTask id="t"/>
                """));
    decide(graph, new Command.Start(null, null, 4, Map.of("x", 1L)));
    complete(graph);
    assertThat(told).containsExactly("Audit start p", "Audit take f", "Audit end p");
    assertThat(state.variables()).isEqualTo(Map.of("x", 1L, "a", 2L, "b", 3L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event='create' delegateExpression='${b.c(1)}'",
        "event='create' expression='${task.setPriority(3)}'",
        "event='create' expression='${execution.setVariable(name, 1)}'",
        "event='timeout' class='a.B'",
        "event='start' class='a.B'",
        "event='update' expression='${execution.setVariable(&quot;a&quot;, 1)}'",
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
