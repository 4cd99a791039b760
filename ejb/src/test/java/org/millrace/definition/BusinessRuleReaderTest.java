package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.api.operation.Problem;
import org.millrace.kernel.element.BusinessRuleTask;
import org.millrace.kernel.element.ServiceTask;
import org.millrace.kernel.graph.Binding;
import org.millrace.kernel.graph.DecisionCall.Shape;
import org.millrace.kernel.graph.Expression;

/** Business-rule tasks in all the ways of writing them. */
class BusinessRuleReaderTest {

  private static BusinessRuleTask read(String xml) {
    return (BusinessRuleTask) Documents.read(Documents.row("t", xml)).element("t");
  }

  static Stream<Arguments> tasks() {
    return Stream.of(
        arguments(
            "<businessRuleTask id='t' millrace:decision='d' millrace:resultVariable='r'/>",
            Binding.LATEST,
            null,
            Shape.RESULT),
        arguments(
            "<businessRuleTask id='t' camunda:decisionRef='d' camunda:resultVariable='r' camunda:mapDecisionResult='singleEntry'/>",
            Binding.LATEST,
            null,
            Shape.SINGLE_ENTRY),
        arguments(
            "<businessRuleTask id='t' operaton:decisionRef='d' operaton:resultVariable='r' operaton:mapDecisionResult='singleResult' operaton:decisionRefBinding='latest'/>",
            Binding.LATEST,
            null,
            Shape.SINGLE_RESULT),
        arguments(
            "<businessRuleTask id='t' camunda:decisionRef='d' camunda:resultVariable='r' camunda:mapDecisionResult='collectEntries' camunda:decisionRefBinding='version' camunda:decisionRefVersion='3'/>",
            Binding.VERSION,
            "3",
            Shape.COLLECT_ENTRIES),
        arguments(
            "<businessRuleTask id='t' camunda:decisionRef='d' camunda:resultVariable='r' camunda:decisionRefBinding='deployment'/>",
            Binding.DEPLOYMENT,
            null,
            Shape.RESULT_LIST),
        arguments(
            "<businessRuleTask id='t'><extensionElements><zeebe:calledDecision decisionId='d' resultVariable='r'/></extensionElements></businessRuleTask>",
            Binding.LATEST,
            null,
            Shape.RESULT),
        arguments(
            "<businessRuleTask id='t'><extensionElements><zeebe:calledDecision decisionId='= \"d\"' resultVariable='r' bindingType='deployment'/></extensionElements></businessRuleTask>",
            Binding.DEPLOYMENT,
            null,
            Shape.RESULT),
        arguments(
            "<businessRuleTask id='t'><extensionElements><zeebe:calledDecision decisionId='d' resultVariable='r' bindingType='versionTag' versionTag='v1'/></extensionElements></businessRuleTask>",
            Binding.VERSION_TAG,
            "v1",
            Shape.RESULT),
        arguments(
            "<businessRuleTask id='t' camunda:decisionRef='d' camunda:resultVariable='r' camunda:decisionRefBinding='versionTag' camunda:decisionRefVersionTag='v1'/>",
            Binding.VERSION_TAG,
            "v1",
            Shape.RESULT_LIST),
        // In the words of three engines: the first that is named here goes first.
        arguments(
            "<businessRuleTask id='t' millrace:decision='d' resultVariable='r' camunda:decisionRef='other' camunda:resultVariable='o' camunda:mapDecisionResult='singleEntry'>"
                + "<extensionElements><zeebe:calledDecision decisionId='another' resultVariable='a'/></extensionElements></businessRuleTask>",
            Binding.LATEST,
            null,
            Shape.RESULT));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aTaskOnADecision(String xml, Binding binding, String version, Shape shape) {
    BusinessRuleTask task = read(xml);

    assertThat(task.resultVariable()).isEqualTo("r");
    assertThat(task.call().decision().evaluate(Map.of(), Instant.EPOCH)).isEqualTo("d");
    assertThat(task.call().binding()).isEqualTo(binding);
    Expression bound = task.call().version();
    assertThat(bound == null ? null : bound.evaluate(Map.of(), Instant.EPOCH)).isEqualTo(version);
    assertThat(task.call().shape()).isEqualTo(shape);
  }

  @Test
  void aTaskWithoutADecision_isWorkOfAStage() {
    ServiceTask task =
        (ServiceTask)
            Documents.read(
                    Documents.row("t", "<businessRuleTask id='t' millrace:stage='rate-customer'/>"))
                .element("t");

    assertThat(task.work().stage()).isEqualTo("rate-customer");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(
            "<businessRuleTask id='t' camunda:decisionRef='d' camunda:mapDecisionResult='all'/>",
            "mapDecisionResult=\"all\" is not supported"),
        arguments(
            "<businessRuleTask id='t' camunda:decisionRef='d' camunda:decisionRefBinding='version'/>",
            "bound to a version, but names none"),
        arguments(
            "<businessRuleTask id='t' camunda:decisionRef='d' camunda:decisionRefBinding='versionTag'/>",
            "bound to a version tag, but names none"),
        arguments(
            "<businessRuleTask id='t' camunda:decisionRef='d' camunda:decisionRefBinding='any'/>",
            "the binding \"any\" is not supported"),
        arguments("<businessRuleTask id='t' millrace:decision='= 1 +'/>", "failed to parse"),
        arguments(
            "<businessRuleTask id='t'><extensionElements><zeebe:calledDecision/></extensionElements></businessRuleTask>",
            "needs a decisionId"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCannotBeRun_isRefused(String xml, String problem) {
    assertThat(Documents.problems(Documents.row("t", xml)))
        .anySatisfy(found -> assertThat(found.message()).contains(problem))
        .extracting(Problem::element)
        .containsOnly("t");
  }
}
