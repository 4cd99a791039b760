package org.millrace.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.api.operation.DefinitionView;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.EvaluationView;
import org.millrace.api.operation.EvaluationView.RuleView;
import org.millrace.api.operation.StartRequest;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.state.Incident;
import org.millrace.persistence.TestDatabase;

/** Decisions, from their deployment to the history of the process that called them. */
@ParameterizedClass
@EnumSource
class DecisionExecutionTest {

  private final Shell shell;

  DecisionExecutionTest(TestDatabase.Kind kind) {
    shell = new Shell(TestDatabase.of(kind));
  }

  @BeforeEach
  void clear() {
    shell.database.clear();
  }

  private static String decision(String id, String below18) {
    return """
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="defs" name="defs" namespace="http://example.org/dmn">
          <inputData id="age_id" name="age"><variable name="age" typeRef="number"/></inputData>
          <decision id="%s" name="Risk"><variable name="Risk"/>
            <informationRequirement><requiredInput href="#age_id"/></informationRequirement>
            <decisionTable>
              <input><inputExpression><text>age</text></inputExpression></input>
              <output name="level"/>
              <rule id="young"><inputEntry><text>&lt; 18</text></inputEntry><outputEntry><text>"%s"</text></outputEntry></rule>
              <rule id="old"><inputEntry><text>&gt;= 18</text></inputEntry><outputEntry><text>"low"</text></outputEntry></rule>
            </decisionTable>
          </decision>
        </definitions>
        """
        .formatted(id, below18);
  }

  private static String process(String binding) {
    return """
        <process id="p" isExecutable="true"><startEvent id="start"/>
        <sequenceFlow id="f1" sourceRef="start" targetRef="rate"/>
        <businessRuleTask id="rate" camunda:decisionRef="risk" camunda:mapDecisionResult="singleEntry"
          camunda:resultVariable="level" camunda:decisionRefBinding="%s" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"/>
        <sequenceFlow id="f2" sourceRef="rate" targetRef="end"/>
        <endEvent id="end"/></process>
        """
        .formatted(binding);
  }

  private String run(long age) {
    return shell.start(new StartRequest("p", null, null, null, 4, Map.of("age", age)), null, false);
  }

  private Object level(String instance) {
    return shell.read(instance).state().variables().get("level");
  }

  @Test
  void aChangedDecisionIsTheNextVersion_andTheNewestIsCalled() {
    shell.deploy(process("latest"));
    List<DefinitionView> first = shell.deployDocument(decision("risk", "high"));
    List<DefinitionView> again = shell.deployDocument(decision("risk", "high"));

    assertThat(first)
        .extracting(DefinitionView::kind, DefinitionView::id, DefinitionView::version)
        .containsExactly(tuple("decision", "risk", 1));
    assertThat(again).extracting(DefinitionView::version).containsExactly(1);
    assertThat(level(run(3))).isEqualTo("high");

    assertThat(shell.deployDocument(decision("risk", "very high")))
        .extracting(DefinitionView::version)
        .containsExactly(2);
    assertThat(level(run(3))).isEqualTo("very high");
  }

  @Test
  void boundByDeployment_theOneThatWasThereStays() {
    shell.deployDocument(decision("risk", "high"));
    shell.deploy(process("deployment"));
    shell.clock.advance(Duration.ofSeconds(1));
    shell.deployDocument(decision("risk", "very high"));

    assertThat(level(run(3))).isEqualTo("high");
  }

  @Test
  void boundByVersion_thatOneIsCalled() {
    shell.deployDocument(decision("risk", "high"));
    shell.deployDocument(decision("risk", "very high"));
    shell.deploy(process("version\" camunda:decisionRefVersion=\"1"));

    assertThat(level(run(3))).isEqualTo("high");
  }

  @Test
  void boundByTag_theNewestWithItIsCalled() {
    String camunda =
        "xmlns:camunda=\"http://camunda.org/schema/1.0/dmn\" camunda:versionTag=\"v1\"";
    String zeebe =
        """
        <extensionElements><z:versionTag xmlns:z="http://camunda.org/schema/zeebe/1.0" value="v2"/></extensionElements>
        <variable name="Risk"/>""";
    shell.deployDocument(
        decision("risk", "high").replace("<decision ", "<decision %s ".formatted(camunda)));
    shell.deployDocument(decision("risk", "very high").replace("<variable name=\"Risk\"/>", zeebe));
    shell.deployDocument(decision("risk", "not so high"));

    shell.deploy(process("versionTag\" camunda:decisionRefVersionTag=\"v1"));
    assertThat(level(run(3))).isEqualTo("high");
    shell.deploy(process("versionTag\" camunda:decisionRefVersionTag=\"${'v2'}"));
    assertThat(level(run(3))).isEqualTo("very high");
    shell.deploy(process("versionTag\" camunda:decisionRefVersionTag=\"v3"));
    assertThat(shell.read(run(3)).state().incidents())
        .extracting(Incident::message)
        .containsExactly("the decision \"risk\" has no version v3");
  }

  @Test
  void theHistoryHasInputsRulesAndOutputs() {
    shell.deployDocument(decision("risk", "high"));
    shell.deploy(process("latest"));
    String instance = run(40);

    assertThat(shell.status(instance)).isEqualTo("completed");
    assertThat(shell.entries(instance))
        .filteredOn(entry -> entry.decision() != null)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.activity()).isEqualTo("rate");
              assertThat(entry.type()).isEqualTo("businessRuleTask");
              assertThat(entry.decision())
                  .isEqualTo(
                      new EvaluationView(
                          "risk",
                          1,
                          Map.of("age", 40L),
                          List.of(new RuleView("risk", 2, "old")),
                          List.of(Map.of("level", "low"))));
            });
  }

  @Test
  void givenADecisionThatIsNotDeployed_thenAnIncidentStands_untilItIs() {
    shell.deploy(process("latest"));
    String instance = run(3);

    Incident incident = shell.read(instance).state().incidents().iterator().next();
    assertThat(incident.message()).isEqualTo("the decision \"risk\" is not deployed");

    shell.deployDocument(decision("risk", "high"));
    shell.execute(instance, new Command.RetryIncident(incident.id()));
    assertThat(level(instance)).isEqualTo("high");
  }

  private static String library(String word) {
    return """
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="words" name="words" namespace="urn:words">
          <businessKnowledgeModel id="b" name="say"><variable name="say"/>
            <encapsulatedLogic><literalExpression><text>"%s"</text></literalExpression></encapsulatedLogic>
          </businessKnowledgeModel>
        </definitions>
        """
        .formatted(word);
  }

  @Test
  void whatADecisionImportsIsThatOfItsDeployment() {
    String risk =
        """
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="defs" name="defs" namespace="urn:risk">
          <import id="i" name="lib" namespace="urn:words" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>
          <decision id="risk" name="risk"><variable name="risk"/>
            <knowledgeRequirement id="r"><requiredKnowledge href="urn:words#b"/></knowledgeRequirement>
            <literalExpression><text>lib.say()</text></literalExpression>
          </decision>
        </definitions>
        """;
    shell.deploy(process("latest"));
    assertThatThrownBy(() -> shell.deployDocument(risk))
        .isInstanceOf(DeploymentRefused.class)
        .hasMessageContaining("it imports \"urn:words\", which is not deployed");

    assertThat(shell.deployDocument(library("old")))
        .extracting(DefinitionView::kind, DefinitionView::id, DefinitionView::version)
        .containsExactly(tuple("library", "words", 1));
    shell.deployDocument(risk);
    shell.clock.advance(Duration.ofSeconds(1));
    shell.deployDocument(library("new"));
    assertThat(level(run(3))).isEqualTo("old");

    assertThat(shell.deployDocument(risk)).extracting(DefinitionView::version).containsExactly(2);
    assertThat(level(run(3))).isEqualTo("new");
  }

  @Test
  void processesAndDecisionsShareTheirIds() {
    shell.deploy(process("latest"));

    assertThatThrownBy(() -> shell.deployDocument(decision("p", "high")))
        .isInstanceOf(DeploymentRefused.class)
        .hasMessageContaining("there is a process with the id \"p\" already");
  }
}
