package org.millrace.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.json.Json;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.ReceiveTask;
import org.millrace.kernel.element.ScriptTask;
import org.millrace.kernel.element.ServiceTask;
import org.millrace.kernel.graph.Literal;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.graph.ProcessGraph;

/** What other engines write for the work of a task and for its data. */
class ForeignTasksTest {

  private static final Map<String, Object> VARIABLES =
      Json.readObject("{\"x\": 2, \"order\": {\"id\": 7}, \"a\": {\"old\": 1}}");

  private static Activity activity(String xml) {
    return (Activity) Documents.read(Documents.row("t", xml)).element("t");
  }

  /** What the mappings give, one after the other, each seeing those before it. */
  private static String given(List<Mapping> mappings) {
    Map<String, Object> seen = new LinkedHashMap<>(VARIABLES);
    Map<String, Object> own = new LinkedHashMap<>();
    for (Mapping mapping : mappings) {
      Object value = mapping.source().evaluate(seen, Instant.EPOCH);
      seen.put(mapping.target(), value);
      own.put(mapping.target(), value);
    }
    return Json.write(own);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${orders.reserve(order.id, 'a,b', execution)} | orders.reserve | {\"arguments\":[7,\"a,b\",null]}",
        "${orders.reserve()} | orders.reserve | {}",
        "#{ mailer.send(f(x), [1,x]) } | mailer.send | refused",
      })
  void aMethodOfABeanIsWorkOfAStage(String expression, String stage, String inputs) {
    String xml = "<serviceTask id=\"t\" camunda:expression=\"" + expression + "\"/>";
    if (inputs.equals("refused")) {
      assertThat(Documents.problems(Documents.row("t", xml))).hasSize(1);
      return;
    }
    ServiceTask task = (ServiceTask) activity(xml);

    assertThat(task.work().stage()).isEqualTo(stage);
    assertThat(given(task.mappings().inputs())).isEqualTo(inputs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"camunda:resultVariable", "flowable:resultVariableName"})
  void whatTheMethodOfABeanReturnsIsSetByTheNameThatIsWritten(String attribute) {
    ServiceTask task =
        (ServiceTask)
            activity("<serviceTask id='t' camunda:expression='${a.b(1)}' " + attribute + "='y'/>");

    assertThat(given(task.mappings().inputs())).isEqualTo("{\"arguments\":[1]}");
    assertThat(task.mappings().keepsIn()).as("nothing else gets out").isFalse();
    Mapping output = task.mappings().outputs().get(0);
    assertThat(output.target()).isEqualTo("y");
    assertThat(output.source().evaluate(Map.of("result", "r"), Instant.EPOCH)).isEqualTo("r");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<serviceTask id='t' camunda:delegateExpression='${a.b}'/> | a.b | 3",
        "<serviceTask id='t' camunda:delegateExpression='#{a.b()}'/> | a.b | 3",
        "<serviceTask id='t'><extensionElements><zeebe:taskDefinition type='= &quot;a&quot; + &quot;b&quot;' retries='= 2 + 3'/></extensionElements></serviceTask> | ab | 5",
        "<scriptTask id='t'><extensionElements><zeebe:taskDefinition type='js'/></extensionElements></scriptTask> | js | 3"
      })
  void aStageIsNamedInManyWays(String xml, String stage, int attempts) {
    ServiceTask task = (ServiceTask) activity(xml);

    assertThat(task.work().stage()).isEqualTo(stage);
    assertThat(task.work().attempts()).isEqualTo(attempts);
  }

  @Test
  void aStageThatDependsOnVariablesIsRefused() {
    assertThat(
            Documents.problems(
                Documents.row(
                    "t",
                    "<serviceTask id='t'><extensionElements><zeebe:taskDefinition type='= x'/></extensionElements></serviceTask>")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("depends on variables"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "camunda:expression='${x * 2}' camunda:resultVariable='r' | r | 4",
        "flowable:expression='${order.get(\"id\")}' flowable:resultVariableName='r' | r | 7",
        "activiti:expression='${true}' | | true",
        "camunda:expression='${execution.setVariable(\"y\", x + 1)}' | y | 3"
      })
  void anExpressionOverVariablesIsEvaluatedHere(String attributes, String variable, String value) {
    ScriptTask task = (ScriptTask) activity("<serviceTask id='t' " + attributes + "/>");

    assertThat(task.resultVariable()).isEqualTo(variable);
    assertThat(Json.write(task.script().evaluate(VARIABLES, Instant.EPOCH))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<serviceTask id='t' activiti:class='com.acme.Charge'/> | Charge",
        "<serviceTask id='t' millrace:stage='mine' camunda:expression='${x}'/> | mine",
        "<serviceTask id='t' implementation='Java' operationRef='o'/> | t",
        "<task id='t' drools:taskName='Email'/> | Email",
        "<serviceTask id='t' flowable:type='mail'/> | mail",
        "<serviceTask id='t'><extensionElements><camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector></extensionElements></serviceTask> | http-connector"
      })
  void theStageOfATask(String xml, String stage) {
    assertThat(((ServiceTask) activity(xml)).work().stage()).isEqualTo(stage);
  }

  @Test
  void aReceiveTaskWithoutAMessageWaitsForOneNamedAsItself() {
    ReceiveTask task = (ReceiveTask) activity("<receiveTask id='t'/>");

    assertThat(task.definition().name()).isEqualTo(new Literal("t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<camunda:field name='a' stringValue='1'/><camunda:field name='b' expression='${x}'/><camunda:field name='c'><camunda:expression>${x}</camunda:expression></camunda:field> => {\"fields\":{\"a\":\"1\",\"b\":2,\"c\":2}}",
        "<zeebe:taskHeaders><zeebe:header key='a-b' value='1'/></zeebe:taskHeaders> => {\"taskHeaders\":{\"a-b\":\"1\"}}",
        "<camunda:connector><camunda:inputOutput><camunda:inputParameter name='url'>u/${x}</camunda:inputParameter></camunda:inputOutput><camunda:connectorId>c</camunda:connectorId></camunda:connector> => {\"url\":\"u/2\"}",
        "<camunda:inputOutput><camunda:inputParameter name='l'><camunda:list><camunda:value>${x}</camunda:value><camunda:script scriptFormat='feel'>x + 1</camunda:script></camunda:list></camunda:inputParameter></camunda:inputOutput> => {\"l\":[2,3]}",
        "<camunda:inputOutput><camunda:inputParameter name='m'><camunda:map><camunda:entry key='k'>${x}</camunda:entry><camunda:entry key='n'><camunda:list/></camunda:entry></camunda:map></camunda:inputParameter><camunda:inputParameter name='e'/></camunda:inputOutput> => {\"m\":{\"k\":2,\"n\":[]},\"e\":null}",
        "<zeebe:ioMapping><zeebe:input target='n.p.q' source='= x'/><zeebe:input target='n.p.r' source='t'/><zeebe:input target='n.s' source='= n.p.q'/></zeebe:ioMapping> => {\"n\":{\"p\":{\"q\":2,\"r\":\"t\"},\"s\":2}}"
      })
  void whatAnExtensionGivesIntoATask(String written) {
    String[] parts = written.split(" => ", 2);

    Activity task =
        activity(
            "<serviceTask id='t'><extensionElements>%s</extensionElements></serviceTask>"
                .formatted(parts[0]));

    assertThat(given(task.mappings().inputs())).isEqualTo(parts[1]);
  }

  @Test
  void anEntryGivenOutOfATaskIsAddedToTheObject() {
    Activity task =
        activity(
            """
            <serviceTask id='t'><extensionElements><zeebe:ioMapping>
              <zeebe:output target='a.new' source='= x'/>
            </zeebe:ioMapping></extensionElements></serviceTask>""");

    assertThat(given(task.mappings().outputs())).isEqualTo("{\"a\":{\"old\":1,\"new\":2}}");
    assertThat(task.mappings().selective()).isTrue();
  }

  @Test
  void outputParametersOfCamundaHoldNothingElseBack() {
    Activity task =
        activity(
            """
            <serviceTask id='t'><extensionElements><camunda:inputOutput>
              <camunda:outputParameter name='b'>${x}</camunda:outputParameter>
            </camunda:inputOutput></extensionElements></serviceTask>""");

    assertThat(task.mappings().selective()).isFalse();
  }

  @Test
  void theStandardsOwnDataInputsAndOutputs() {
    Activity task =
        activity(
            """
            <serviceTask id='t'>
              <ioSpecification>
                <dataInput id='i1' name='number'/><dataInput id='i2' name='fixed'/>
                <dataOutput id='o1' name='result'/>
                <inputSet><dataInputRefs>i1</dataInputRefs></inputSet><outputSet/>
              </ioSpecification>
              <dataInputAssociation><sourceRef>x</sourceRef><targetRef>i1</targetRef></dataInputAssociation>
              <dataInputAssociation><targetRef>i2</targetRef>
                <assignment><from>7 days</from><to>i2</to></assignment></dataInputAssociation>
              <dataInputAssociation><sourceRef>drawn</sourceRef><targetRef>placeholder</targetRef></dataInputAssociation>
              <dataOutputAssociation><sourceRef>o1</sourceRef><targetRef>y</targetRef></dataOutputAssociation>
              <dataOutputAssociation><targetRef>drawn</targetRef></dataOutputAssociation>
            </serviceTask>""");

    assertThat(given(task.mappings().inputs())).isEqualTo("{\"number\":2,\"fixed\":\"7 days\"}");
    assertThat(new ArrayList<>(task.mappings().outputs()))
        .extracting(Mapping::target, mapping -> mapping.source().source())
        .containsExactly(org.assertj.core.groups.Tuple.tuple("y", "result"));
  }

  @Test
  void dataObjectsOfFlowableAndTheInitiatorAreThereFromTheStart() {
    ProcessGraph graph =
        Documents.read(
            Documents.process(
                """
                <dataObject id="d1" name="limit" itemSubjectRef="xsd:int">
                  <extensionElements><flowable:value>42</flowable:value></extensionElements>
                </dataObject>
                <dataObject id="d2" name="open" itemSubjectRef="xsd:boolean">
                  <extensionElements><flowable:value>true</flowable:value></extensionElements>
                </dataObject>
                <dataObject id="d3" name="drawn"/>
                <startEvent id="s" camunda:initiator="who"/>
                """));

    assertThat(Json.write(graph.begun(Map.of("limit", 7L))))
        .isEqualTo("{\"who\":null,\"limit\":7,\"open\":true}");
  }

  @Test
  void anErrorThatIsNotDeclaredIsItsOwnCode() {
    ProcessGraph graph =
        Documents.read(
            Documents.process(
                """
                <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/>
                <endEvent id="e"><errorEventDefinition errorRef="LOST"/></endEvent>
                """));

    assertThat(graph.element("e").definition())
        .isInstanceOfSatisfying(
            EventDefinition.ErrorThrow.class,
            error -> assertThat(error.code().source()).isEqualTo("LOST"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://flowable.org/bpmn, true",
    "http://activiti.org/bpmn, true",
    "http://camunda.org/schema/1.0/bpmn, false"
  })
  void aProcessThatSaysNothingIsExecutableForFlowableAlone(String namespace, boolean isExecuted) {
    byte[] document =
        """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:x="%s">
          <process id="p"><startEvent id="s"/></process>
        </definitions>"""
            .formatted(namespace)
            .getBytes(UTF_8);

    if (isExecuted) {
      assertThat(Documents.read(document).id()).isEqualTo("p");
    } else {
      assertThat(Documents.problems(document)).hasSize(1);
    }
  }
}
