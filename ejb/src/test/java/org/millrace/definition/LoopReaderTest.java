package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.definition.Documents.problems;
import static org.millrace.definition.Documents.row;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.operation.Problem;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.SignalDefinition;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Literal;
import org.millrace.kernel.graph.Loop;
import org.millrace.kernel.graph.ProcessGraph;

class LoopReaderTest {

  private static byte[] task(String loop) {
    return row("a", "<serviceTask id=\"a\">" + loop + "</serviceTask>");
  }

  private static Loop read(String loop) {
    return ((Activity) Documents.read(task(loop)).element("a")).loop();
  }

  private static Loop.MultiInstance several(String attributes, String content) {
    return (Loop.MultiInstance)
        read(
            "<multiInstanceLoopCharacteristics "
                + attributes
                + ">"
                + content
                + "</multiInstanceLoopCharacteristics>");
  }

  private static Object valueOf(Expression expression, Map<String, Object> variables) {
    return expression.evaluate(variables, Instant.EPOCH);
  }

  @Test
  void withoutCharacteristics_thereIsNoLoop() {
    assertThat(read("")).isNull();
  }

  @Test
  void aStandardLoop_hasConditionMaximumAndOrder() {
    Loop.Standard loop =
        (Loop.Standard)
            read(
                """
                <standardLoopCharacteristics testBefore="true" loopMaximum="7">
                  <loopCondition>${loopCounter &lt; 3}</loopCondition>
                </standardLoopCharacteristics>
                """);

    assertThat(loop.testBefore()).isTrue();
    assertThat(loop.maximum()).isEqualTo(7);
    assertThat(valueOf(loop.condition(), Map.of("loopCounter", 2L))).isEqualTo(true);
  }

  @Test
  void theStandardsWords_areUnderstood() {
    Loop.MultiInstance loop =
        several(
            "isSequential=\"true\" behavior=\"All\"",
            """
            <loopDataInputRef>orders</loopDataInputRef>
            <loopDataOutputRef>receipts</loopDataOutputRef>
            <inputDataItem id="i" name="order"/>
            <outputDataItem id="o" name="receipt"/>
            <completionCondition>nrOfCompletedInstances = 2</completionCondition>
            """);

    assertThat(loop.sequential()).isTrue();
    assertThat(loop.source().item()).isEqualTo("order");
    assertThat(loop.source().cardinality()).isNull();
    assertThat(valueOf(loop.source().collection(), Map.of("orders", List.of(1L))))
        .isEqualTo(List.of(1L));
    assertThat(valueOf(loop.completion(), Map.of("nrOfCompletedInstances", 2L))).isEqualTo(true);
    assertThat(loop.numbering()).isEqualTo(Loop.Numbering.FROM_ZERO);
    assertThat(loop.results()).hasSize(1);
    assertThat(loop.results().get(0).collection()).isEqualTo("receipts");
    assertThat(loop.results().get(0).items()).containsExactly("receipt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "=n", "${n}", "n"})
  void theNumberOfRuns_isAnExpression(String cardinality) {
    Loop.MultiInstance loop = several("", "<loopCardinality>" + cardinality + "</loopCardinality>");

    assertThat(loop.sequential()).isFalse();
    assertThat(String.valueOf(valueOf(loop.source().cardinality(), Map.of("n", 3L))))
        .isEqualTo("3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"camunda", "operaton", "flowable", "activiti", "millrace"})
  void theClassicWords_areUnderstood(String prefix) {
    Loop.MultiInstance loop =
        several(
            "%1$s:collection=\"${orders}\" %1$s:elementVariable=\"order\"".formatted(prefix), "");

    assertThat(loop.source().item()).isEqualTo("order");
    assertThat(valueOf(loop.source().collection(), Map.of("orders", List.of("x"))))
        .isEqualTo(List.of("x"));
  }

  @Test
  void aCollectionWithoutAMark_isTheNameOfAVariable() {
    Loop.MultiInstance loop = several("camunda:collection=\"my-orders\"", "");

    assertThat(valueOf(loop.source().collection(), Map.of("my-orders", List.of())))
        .isEqualTo(List.of());
  }

  @Test
  void flowablesIndexAndAggregation_areUnderstood() {
    Loop.MultiInstance loop =
        several(
            "flowable:elementIndexVariable=\"index\"",
            """
            <extensionElements>
              <flowable:variableAggregation target="reviews">
                <variable source="score"/><variable source="text" target="comment"/>
              </flowable:variableAggregation>
            </extensionElements>
            <loopCardinality>2</loopCardinality>
            """);

    assertThat(loop.numbering()).isEqualTo(new Loop.Numbering("index", 0));
    Loop.Result reviews = loop.results().get(0);
    assertThat(reviews.collection()).isEqualTo("reviews");
    assertThat(reviews.items()).containsExactly("score", "text");
    assertThat(valueOf(reviews.element(), Map.of("score", 1L, "text", "fine")))
        .isEqualTo(Map.of("score", 1L, "comment", "fine"));
  }

  @Test
  void camunda8sWords_areUnderstoodAndCountFromOne() {
    Loop.MultiInstance loop =
        several(
            "",
            """
            <extensionElements>
              <zeebe:loopCharacteristics inputCollection="= orders" inputElement="order"
                  outputCollection="receipts" outputElement="= receipt"/>
            </extensionElements>
            """);

    assertThat(loop.source().item()).isEqualTo("order");
    assertThat(loop.numbering()).isEqualTo(new Loop.Numbering("loopCounter", 1));
    assertThat(loop.results().get(0).items()).containsExactly("receipt");
  }

  @Test
  void ownWords_gatherResults() {
    Loop.MultiInstance loop =
        several(
            "millrace:collection=\"= orders\" millrace:outputCollection=\"sums\""
                + " millrace:outputElement=\"= order.price * 2\" millrace:elementVariable=\"order\"",
            "");

    Loop.Result sums = loop.results().get(0);
    assertThat(sums.items()).isEmpty();
    assertThat(String.valueOf(valueOf(sums.element(), Map.of("order", Map.of("price", 2L)))))
        .isEqualTo("4");
  }

  @Test
  void dataInputsAndItems_standForTheirVariables() {
    Activity activity =
        (Activity)
            Documents.read(
                    row(
                        "a",
                        """
                        <userTask id="a">
                          <ioSpecification>
                            <dataInput id="in1" name="all"/>
                            <dataInput id="in2" name="one"/>
                            <dataOutput id="out1"/>
                            <inputSet/><outputSet/>
                          </ioSpecification>
                          <dataInputAssociation>
                            <sourceRef>orders</sourceRef><targetRef>in1</targetRef>
                          </dataInputAssociation>
                          <dataInputAssociation>
                            <sourceRef>item1</sourceRef><targetRef>in2</targetRef>
                          </dataInputAssociation>
                          <dataOutputAssociation>
                            <sourceRef>out1</sourceRef><targetRef>receipts</targetRef>
                          </dataOutputAssociation>
                          <multiInstanceLoopCharacteristics>
                            <loopDataInputRef>in1</loopDataInputRef>
                            <loopDataOutputRef>out1</loopDataOutputRef>
                            <inputDataItem id="item1" name="order"/>
                            <outputDataItem id="item2" name="receipt"/>
                          </multiInstanceLoopCharacteristics>
                        </userTask>
                        """))
                .element("a");
    Loop.MultiInstance loop = (Loop.MultiInstance) activity.loop();

    assertThat(loop.source().collection().source()).isEqualTo("orders");
    assertThat(loop.source().item()).isEqualTo("order");
    assertThat(loop.results().get(0).collection()).isEqualTo("receipts");
    assertThat(activity.mappings().inputs())
        .extracting(mapping -> mapping.target() + " " + mapping.source().source())
        .contains("one order");
  }

  @Test
  void whatRunsThrow_isUnderstood() {
    String signal = "<signalEventDefinition id='d' signalRef='sig1'/>";
    String loop =
        "<task id='a'><multiInstanceLoopCharacteristics %s><loopCardinality>2</loopCardinality>%s</multiInstanceLoopCharacteristics></task>";
    String process = signal + "<process id='p' isExecutable='true'>" + loop + "</process>";

    assertThat(thrown(process.formatted("behavior='None' noneBehaviorEventRef='d'", "")))
        .containsExactly(new Loop.Thrown(false, null, new SignalDefinition("alarm")));
    assertThat(thrown(process.formatted("behavior='One' oneBehaviorEventRef='d'", "")))
        .containsExactly(new Loop.Thrown(true, null, new SignalDefinition("alarm")));
    assertThat(thrown(process.formatted("behavior='One'", ""))).isEmpty();
    assertThat(
            thrown(
                process.formatted(
                    "behavior='Complex'",
                    "<complexBehaviorDefinition><condition>=nrOfCompletedInstances = 1</condition><event><escalationEventDefinition escalationRef='esc1'/></event></complexBehaviorDefinition>")))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.event())
                  .isEqualTo(new EventDefinition.EscalationThrow(new Literal("UP")));
              assertThat(valueOf(one.condition(), Map.of("nrOfCompletedInstances", 1L)))
                  .isEqualTo(true);
            });
  }

  private static List<Loop.Thrown> thrown(String roots) {
    ProcessGraph graph = Documents.read(Documents.document(roots));
    return ((Loop.MultiInstance) graph.element("a").node().loop()).thrown();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<standardLoopCharacteristics/>|never ends",
        "<standardLoopCharacteristics loopMaximum='0'/>|is not a number from 1 on",
        "<multiInstanceLoopCharacteristics/>|needs a loopCardinality or a collection",
        "<multiInstanceLoopCharacteristics behavior='one'><loopCardinality>2</loopCardinality>"
            + "</multiInstanceLoopCharacteristics>|behavior=\"one\" is none of BPMN's",
        "<multiInstanceLoopCharacteristics behavior='One' oneBehaviorEventRef='x'>"
            + "<loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
            + "|there is no eventDefinition \"x\"",
        "<multiInstanceLoopCharacteristics behavior='Complex'><loopCardinality>2</loopCardinality>"
            + "<complexBehaviorDefinition/></multiInstanceLoopCharacteristics>"
            + "|it needs a condition and an event",
        "<multiInstanceLoopCharacteristics flowable:wrong='x'><loopCardinality>2</loopCardinality>"
            + "</multiInstanceLoopCharacteristics>|flowable:wrong is not supported",
        "<multiInstanceLoopCharacteristics millrace:outputCollection='x'>"
            + "<loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
            + "|needs a collection and what each run adds",
        "<multiInstanceLoopCharacteristics><loopCardinality>= ][</loopCardinality>"
            + "</multiInstanceLoopCharacteristics>|][",
      })
  void whatIsNotExecuted_isRefused(String example) {
    String[] parts = example.split("\\|", 2);

    List<Problem> problems = problems(task(parts[0]));

    assertThat(problems).extracting(Problem::element).containsOnly("a");
    assertThat(problems).extracting(Problem::message).anyMatch(text -> text.contains(parts[1]));
  }

  @Test
  void anEventSubProcess_isNoLoop() {
    byte[] document =
        Documents.process(
            """
            <startEvent id="s"/>
            <subProcess id="sub" triggeredByEvent="true">
              <standardLoopCharacteristics loopMaximum="2"/>
              <startEvent id="es"><messageEventDefinition messageRef="m1"/></startEvent>
            </subProcess>
            """);

    assertThat(problems(document))
        .extracting(Problem::message)
        .anyMatch(text -> text.contains("an event begins it, so it is no loop"));
  }

  @Test
  void aTaskBehindAnEventBasedGateway_isNoLoop() {
    byte[] document =
        Documents.process(
            """
            <startEvent id="s"/>
            <sequenceFlow id="f1" sourceRef="s" targetRef="g"/>
            <eventBasedGateway id="g"/>
            <sequenceFlow id="f2" sourceRef="g" targetRef="r"/>
            <receiveTask id="r" messageRef="m1">
              <standardLoopCharacteristics loopMaximum="2"/>
            </receiveTask>
            """);

    assertThat(problems(document))
        .extracting(Problem::message)
        .anyMatch(text -> text.contains("it is waited for at a gateway, so it is no loop"));
  }
}
