package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.definition.Documents.read;
import static org.millrace.definition.Documents.row;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.CatchEvent;
import org.millrace.kernel.element.ComplexGateway;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventBasedGateway;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.ExclusiveGateway;
import org.millrace.kernel.element.InclusiveGateway;
import org.millrace.kernel.element.ParallelGateway;
import org.millrace.kernel.element.PassTask;
import org.millrace.kernel.element.ReceiveTask;
import org.millrace.kernel.element.ScriptTask;
import org.millrace.kernel.element.ServiceTask;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.SubProcess;
import org.millrace.kernel.element.ThrowEvent;
import org.millrace.kernel.element.TimerDefinition;
import org.millrace.kernel.element.UserTask;
import org.millrace.kernel.graph.Entries;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.graph.Literal;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.graph.Work;

/** Each kind of element, as it comes out of a document. */
class BpmnReaderTest {

  private static final Map<String, Object> VARIABLES = Map.of("x", 2L, "orderId", "4711");

  private static <T extends Element> T element(Class<T> kind, String id, String xml) {
    return kind.cast(read(row(id, xml)).element(id));
  }

  private static Object value(Expression expression) {
    return expression.evaluate(VARIABLES, Instant.EPOCH);
  }

  @Test
  void aProcessHasItsIdNameAndElements() {
    ProcessGraph graph =
        read(
            Documents.document(
                """
                <process id="order" name="Order" isExecutable="true">
                  <startEvent id="s" name=" Begin "/>
                  <sequenceFlow id="f" sourceRef="s" targetRef="e"/>
                  <endEvent id="e"/>
                </process>
                <process id="drawn" isExecutable="false"><callActivity id="c"/></process>
                """));

    assertThat(graph.id()).isEqualTo("order");
    assertThat(graph.name()).isEqualTo("Order");
    StartEvent start = (StartEvent) graph.element("s");
    assertThat(start.definition()).isEqualTo(new EventDefinition.None());
    assertThat(start.node().type()).isEqualTo("startEvent");
    assertThat(start.node().parent()).isEqualTo("order");
    assertThat(start.node().outgoing()).containsExactly(new Flow("f", "s", "e", null));
    assertThat(graph.element("e").node().incoming()).containsExactly("f");
    assertThat(((ThrowEvent) graph.element("e")).definition())
        .isEqualTo(new EventDefinition.None());
  }

  @Test
  void aDocumentMayHaveSeveralProcesses() {
    String process = "<process id=\"%s\" isExecutable=\"true\"><startEvent id=\"s%s\"/></process>";

    assertThat(
            BpmnReader.read(
                Documents.document(process.formatted("b", 1) + process.formatted("a", 2))))
        .extracting(ProcessGraph::id)
        .containsExactly("b", "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"task", "manualTask"})
  void aTaskWithoutAKind_passes(String kind) {
    PassTask task = element(PassTask.class, "t", "<%s id='t' name='Do'/>".formatted(kind));

    assertThat(task.node().type()).isEqualTo(kind);
    assertThat(task.node().name()).isEqualTo("Do");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "millrace:stage='charge-payment',charge-payment",
        "camunda:type='external' camunda:topic='charge-payment',charge-payment",
        "operaton:topic='charge-payment',charge-payment",
        "flowable:type='external-worker' flowable:topic='charge-payment',charge-payment",
        "camunda:delegateExpression='${chargePayment}',chargePayment",
        "operaton:delegateExpression='#{chargePayment}',chargePayment",
        "camunda:class='com.acme.ChargePayment',ChargePayment",
        "flowable:class='ChargePayment',ChargePayment",
        "millrace:stage='mine' camunda:topic='theirs',mine",
        "other:stage='theirs',t",
        "camunda:asyncBefore='true' camunda:exclusive='false',t",
        "implementation='##WebService',t",
      })
  void theStageOfAServiceTask(String attributes, String stage) {
    assertThat(element(ServiceTask.class, "t", "<serviceTask id='t' " + attributes + "/>").work())
        .isEqualTo(new Work(stage, Work.DEFAULT_ATTEMPTS, Work.DEFAULT_BACKOFF, null));
  }

  @Test
  void theStageOfASendTask() {
    assertThat(
            element(
                    ServiceTask.class,
                    "t",
                    "<sendTask id='t' messageRef='m2' millrace:stage='mail'/>")
                .work()
                .stage())
        .isEqualTo("mail");
  }

  @Test
  void theStageAndRetriesOfZeebe() {
    ServiceTask task =
        element(
            ServiceTask.class,
            "t",
            "<serviceTask id='t'><extensionElements><zeebe:taskDefinition type='mail' retries='7'/></extensionElements></serviceTask>");

    assertThat(task.work().stage()).isEqualTo("mail");
    assertThat(task.work().attempts()).isEqualTo(7);
  }

  @Test
  void ownRetriesBackoffAndPriority() {
    Work work =
        element(
                ServiceTask.class,
                "t",
                "<serviceTask id='t' millrace:retries='5' millrace:backoff='PT1S, PT10S,PT1M' millrace:priority='7'/>")
            .work();

    assertThat(work.attempts()).isEqualTo(5);
    assertThat(work.backoff())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1));
    assertThat(value(work.priority())).isEqualTo(7L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"R3/PT10M | 3 | PT10M", "PT1M,PT5M | 3 | PT1M,PT5M", "R1/PT1S | 1 | PT1S"})
  void retriesAsOtherEnginesWriteThem(String cycle, int attempts, String backoff) {
    for (String prefix : List.of("camunda", "operaton", "flowable")) {
      Work work =
          element(
                  ServiceTask.class,
                  "t",
                  "<serviceTask id='t'><extensionElements><%1$s:failedJobRetryTimeCycle>%2$s</%1$s:failedJobRetryTimeCycle></extensionElements></serviceTask>"
                      .formatted(prefix, cycle))
              .work();

      assertThat(work.attempts()).isEqualTo(attempts);
      assertThat(work.backoff().stream().map(Duration::toString))
          .containsExactly(backoff.split(","));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<millrace:input target='a' source='= x + 1'/><millrace:output target='b' source='= a'/>",
        "<zeebe:ioMapping><zeebe:input target='a' source='= x + 1'/><zeebe:output target='b' source='= a'/></zeebe:ioMapping>",
        "<camunda:inputOutput><camunda:inputParameter name='a'>${x + 1}</camunda:inputParameter><camunda:outputParameter name='b'>${a}</camunda:outputParameter></camunda:inputOutput>",
        "<operaton:inputOutput><operaton:inputParameter name='a'>${x + 1}</operaton:inputParameter><operaton:outputParameter name='b'>${a}</operaton:outputParameter></operaton:inputOutput>"
      })
  void mappings(String extensions) {
    ServiceTask task =
        element(
            ServiceTask.class,
            "t",
            "<serviceTask id='t'><extensionElements>"
                + extensions
                + "</extensionElements></serviceTask>");

    assertThat(task.mappings().inputs()).extracting(Mapping::target).containsExactly("a");
    assertThat(value(task.mappings().inputs().get(0).source())).isEqualTo(3L);
    assertThat(task.mappings().outputs()).extracting(Mapping::target).containsExactly("b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<scriptTask id='t' scriptFormat='feel' millrace:resultVariable='r'><script>x * 2</script></scriptTask>",
        "<scriptTask id='t' scriptFormat='feel' resultVariable='r'><script>x * 2</script></scriptTask>",
        "<scriptTask id='t' scriptFormat='FEEL' camunda:resultVariable='r'><script>= x * 2</script></scriptTask>",
        "<scriptTask id='t' scriptFormat='juel' operaton:resultVariable='r'><script>${x * 2}</script></scriptTask>",
        "<scriptTask id='t' scriptFormat='el' flowable:resultVariable='r'><script>${x * 2}</script></scriptTask>",
        "<scriptTask id='t'><extensionElements><zeebe:script expression='= x * 2' resultVariable='r'/></extensionElements></scriptTask>"
      })
  void aScriptTask(String xml) {
    ScriptTask task = element(ScriptTask.class, "t", xml);

    assertThat(task.resultVariable()).isEqualTo("r");
    assertThat(value(task.script())).isEqualTo(4L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<userTask id='t' millrace:assignee='ann' millrace:candidateUsers='bob,eve' millrace:candidateGroups='managers'/>",
        "<userTask id='t' camunda:assignee='ann' camunda:candidateUsers='bob,eve' camunda:candidateGroups='managers' camunda:formKey='f' camunda:dueDate='x'/>",
        "<userTask id='t' flowable:assignee='ann' flowable:candidateUsers='bob,eve' flowable:candidateGroups='managers'/>",
        "<userTask id='t'><extensionElements><zeebe:userTask/><zeebe:assignmentDefinition assignee='ann' candidateUsers='bob,eve' candidateGroups='managers'/></extensionElements></userTask>"
      })
  void aUserTask(String xml) {
    UserTask task = element(UserTask.class, "t", xml);

    assertThat(value(task.assignee())).isEqualTo("ann");
    assertThat(task.users().stream().map(BpmnReaderTest::value)).containsExactly("bob,eve");
    assertThat(task.groups().stream().map(BpmnReaderTest::value)).containsExactly("managers");
  }

  @Test
  void aUserTaskInBpmnsOwnWords() {
    UserTask task =
        element(
            UserTask.class,
            "t",
            """
            <userTask id='t'>
              <humanPerformer><resourceAssignmentExpression><formalExpression>ann</formalExpression></resourceAssignmentExpression></humanPerformer>
              <potentialOwner><resourceAssignmentExpression><formalExpression>user(bob), group(managers), staff</formalExpression></resourceAssignmentExpression></potentialOwner>
            </userTask>
            """);

    assertThat(value(task.assignee())).isEqualTo("ann");
    assertThat(task.users().stream().map(BpmnReaderTest::value)).containsExactly("bob");
    assertThat(task.groups().stream().map(BpmnReaderTest::value))
        .containsExactly("managers", "staff");
  }

  @Test
  void aReceiveTaskWaitsForItsMessage() {
    ReceiveTask task = element(ReceiveTask.class, "t", "<receiveTask id='t' messageRef='m1'/>");

    assertThat(task.definition().name()).isEqualTo(new Literal("delivered"));
    assertThat(value(task.definition().key())).isEqualTo("4711");
  }

  @Test
  void aMessageWithoutCorrelationKeyHasNone() {
    ReceiveTask task = element(ReceiveTask.class, "t", "<receiveTask id='t' messageRef='m2'/>");

    assertThat(task.definition()).isEqualTo(new EventDefinition.Message("cancel", null));
  }

  @Test
  void aMessageWithTheCorrelationKeyOfZeebe() {
    ProcessGraph graph =
        read(
            Documents.document(
                """
                <message id="z" name="paid"><extensionElements><zeebe:subscription correlationKey="= orderId"/></extensionElements></message>
                <process id="p" isExecutable="true"><startEvent id="s"><messageEventDefinition messageRef="z"/></startEvent></process>
                """));

    StartEvent start = (StartEvent) graph.element("s");
    assertThat(value(((EventDefinition.Message) start.definition()).key())).isEqualTo("4711");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "<timeDate>2030-01-31T12:00:00Z</timeDate>,DATE,2030-01-31T12:00:00Z",
        "<timeDuration>PT1H</timeDuration>,DURATION,PT1H",
        "<timeDuration>= duration(\"PT1H\")</timeDuration>,DURATION,PT1H",
        "<timeDuration xsi:type='tFormalExpression'>${orderId}</timeDuration>,DURATION,4711"
      })
  void aTimerCatchEvent(String xml, TimerDefinition.Type type, String value) {
    CatchEvent event =
        element(
            CatchEvent.class,
            "t",
            "<intermediateCatchEvent id='t'><timerEventDefinition>"
                + xml
                + "</timerEventDefinition></intermediateCatchEvent>");

    TimerDefinition timer = (TimerDefinition) event.definition();
    assertThat(timer.type()).isEqualTo(type);
    assertThat(value(timer.value())).isEqualTo(value);
  }

  @Test
  void aMessageCatchEvent() {
    CatchEvent event =
        element(
            CatchEvent.class,
            "t",
            "<intermediateCatchEvent id='t'><messageEventDefinition messageRef='m2'/></intermediateCatchEvent>");

    assertThat(event.definition()).isEqualTo(new EventDefinition.Message("cancel", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<intermediateThrowEvent id='t' millrace:stage='mail'><messageEventDefinition messageRef='m2'/></intermediateThrowEvent>",
        "<intermediateThrowEvent id='t'><messageEventDefinition camunda:type='external' camunda:topic='mail'/></intermediateThrowEvent>",
        "<intermediateThrowEvent id='t'><extensionElements><zeebe:taskDefinition type='mail'/></extensionElements><messageEventDefinition messageRef='m2'/></intermediateThrowEvent>"
      })
  void aMessageThrowEventIsWorkOfAStage(String xml) {
    ThrowEvent event = element(ThrowEvent.class, "t", xml);

    assertThat(event.work().stage()).isEqualTo("mail");
  }

  @Test
  void endEvents() {
    ProcessGraph graph =
        read(
            Documents.process(
                """
                <startEvent id="s"/>
                <endEvent id="error"><errorEventDefinition errorRef="e1"/></endEvent>
                <endEvent id="message"><messageEventDefinition messageRef="m2"/></endEvent>
                <endEvent id="compensate"><compensateEventDefinition activityRef="t"/></endEvent>
                <endEvent id="terminate"><terminateEventDefinition/></endEvent>
                <intermediateThrowEvent id="all"><compensateEventDefinition/></intermediateThrowEvent>
                <intermediateThrowEvent id="none"/>
                <task id="t"/>
                """));

    assertThat(((ThrowEvent) graph.element("error")).definition())
        .isEqualTo(new EventDefinition.ErrorThrow(new Literal("DECLINED"), null));
    assertThat(((ThrowEvent) graph.element("message")).work().stage()).isEqualTo("message");
    assertThat(((ThrowEvent) graph.element("compensate")).definition())
        .isEqualTo(new EventDefinition.CompensationThrow("t", true));
    assertThat(((ThrowEvent) graph.element("terminate")).definition())
        .isEqualTo(new EventDefinition.Terminate());
    assertThat(((ThrowEvent) graph.element("all")).definition())
        .isEqualTo(new EventDefinition.CompensationThrow(null, true));
    assertThat(((ThrowEvent) graph.element("none")).definition())
        .isEqualTo(new EventDefinition.None());
  }

  @Test
  void boundaryEvents() {
    ProcessGraph graph =
        read(
            Documents.process(
                """
                <startEvent id="s"/>
                <serviceTask id="t"/>
                <boundaryEvent id="any" attachedToRef="t"><errorEventDefinition/></boundaryEvent>
                <boundaryEvent id="declined" attachedToRef="t"><errorEventDefinition errorRef="e1"/></boundaryEvent>
                <boundaryEvent id="timer" attachedToRef="t" cancelActivity="false"><timerEventDefinition><timeCycle>R3/PT10M</timeCycle></timerEventDefinition></boundaryEvent>
                <boundaryEvent id="message" attachedToRef="t"><messageEventDefinition messageRef="m2"/></boundaryEvent>
                <boundaryEvent id="undo" attachedToRef="t"><compensateEventDefinition/></boundaryEvent>
                <association id="a" associationDirection="One" sourceRef="undo" targetRef="handler"/>
                <serviceTask id="handler" isForCompensation="true"/>
                """));

    assertThat(graph.boundaries("t"))
        .extracting(Element::id)
        .containsExactlyInAnyOrder("any", "declined", "timer", "message", "undo");
    assertThat(
            graph.boundaries("t").stream()
                .map(BoundaryEvent::definition)
                .filter(EventDefinition.ErrorCode.class::isInstance))
        .as("a named error before all errors")
        .containsExactly(
            new EventDefinition.ErrorCode("DECLINED"), new EventDefinition.ErrorCode(null));
    assertThat(((BoundaryEvent) graph.element("timer")).interrupting()).isFalse();
    assertThat(((BoundaryEvent) graph.element("message")).interrupting()).isTrue();
    assertThat(graph.compensationHandler("t")).isEqualTo("handler");
  }

  @Test
  void anInclusiveGateway() {
    InclusiveGateway gateway =
        element(
            InclusiveGateway.class,
            "g",
            "<inclusiveGateway id='g' default='out' gatewayDirection='Mixed'/>");
    assertThat(gateway.node().defaultFlow()).isEqualTo("out");
  }

  @Test
  void aComplexGatewayAndItsActivationCondition() {
    String condition = "<activationCondition>activationCount &gt;= 2</activationCondition>";
    Expression activation =
        element(
                ComplexGateway.class,
                "g",
                "<complexGateway id='g' default='out'>" + condition + "</complexGateway>")
            .activation();
    assertThat(activation.evaluate(Map.of("activationCount", 2L), Instant.EPOCH)).isEqualTo(true);
    assertThat(element(ComplexGateway.class, "g", "<complexGateway id='g'/>").activation())
        .isNull();
  }

  @Test
  void aGatewayAndAReceiveTaskThatBeginTheProcess() {
    ProcessGraph graph =
        read(
            Documents.process(
                """
                <eventBasedGateway id="g" instantiate="true" eventGatewayType="Parallel"/>
                <sequenceFlow id="f1" sourceRef="g" targetRef="c"/>
                <intermediateCatchEvent id="c"><messageEventDefinition messageRef="m1"/></intermediateCatchEvent>
                <receiveTask id="r" messageRef="m2" instantiate="true"/>
                """));
    assertThat(graph.element("g"))
        .isInstanceOfSatisfying(
            EventBasedGateway.class,
            gateway -> assertThat(gateway.instantiate() && gateway.parallel()).isTrue());
    assertThat(new Entries(graph).byEvent())
        .extracting(entry -> entry.element().id())
        .containsExactly("c", "r");
    assertThat(new Entries(graph).plain("p")).isEmpty();
  }

  @Test
  void aReceiveTaskThatAFlowLeadsToBeginsNothing() {
    String task = "<receiveTask id='t' messageRef='m1' instantiate='true'/>";
    assertThat(element(ReceiveTask.class, "t", task).instantiate()).isFalse();
  }

  @Test
  void aFlowWithoutAnIdGoesByItsEnds() {
    ProcessGraph graph =
        read(
            Documents.process(
                """
                <startEvent id="s"/>
                <sequenceFlow sourceRef="s" targetRef="g"/>
                <parallelGateway id="g"/>
                <sequenceFlow sourceRef="g" targetRef="a"/>
                <sequenceFlow sourceRef="g" targetRef="a"/>
                <task id="a"/>
                """));

    assertThat(graph.element("g").node().outgoing())
        .extracting(Flow::id)
        .containsExactly("g->a", "g->a#1");
    assertThat(graph.element("a").node().incoming()).containsExactly("g->a", "g->a#1");
  }

  @Test
  void withoutAStartEventAllBeginsThatNoFlowLeadsTo() {
    ProcessGraph graph =
        read(
            Documents.process(
                """
                <task id="a"/>
                <sequenceFlow id="f1" sourceRef="a" targetRef="b"/>
                <task id="b"/>
                <boundaryEvent id="x" attachedToRef="a"><errorEventDefinition/></boundaryEvent>
                <task id="c"/>
                <task id="h" isForCompensation="true"/>
                <boundaryEvent id="y" attachedToRef="c"><compensateEventDefinition/></boundaryEvent>
                <association id="as" sourceRef="y" targetRef="h"/>
                """));
    assertThat(new Entries(graph).plain("p")).extracting(Element::id).containsExactly("a", "c");
  }

  @Test
  void gateways() {
    ProcessGraph graph =
        read(
            Documents.process(
                """
                <startEvent id="s"/>
                <sequenceFlow id="f1" sourceRef="s" targetRef="x"/>
                <exclusiveGateway id="x" default="f3" gatewayDirection="Diverging"/>
                <sequenceFlow id="f2" sourceRef="x" targetRef="a"><conditionExpression xsi:type="tFormalExpression">x &gt; 1</conditionExpression></sequenceFlow>
                <sequenceFlow id="f3" sourceRef="x" targetRef="g"/>
                <parallelGateway id="a"/>
                <eventBasedGateway id="g"/>
                <sequenceFlow id="f4" sourceRef="g" targetRef="r"/>
                <sequenceFlow id="f5" sourceRef="g" targetRef="c"/>
                <receiveTask id="r" messageRef="m2"/>
                <intermediateCatchEvent id="c"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>
                """));

    ExclusiveGateway gateway = (ExclusiveGateway) graph.element("x");
    assertThat(gateway.node().defaultFlow()).isEqualTo("f3");
    assertThat(gateway.node().outgoing()).extracting(Flow::id).containsExactly("f2", "f3");
    assertThat(value(gateway.node().outgoing().get(0).condition())).isEqualTo(true);
    assertThat(graph.element("a")).isInstanceOf(ParallelGateway.class);
    assertThat(graph.element("g")).isInstanceOf(EventBasedGateway.class);
  }

  @Test
  void subProcesses() {
    ProcessGraph graph =
        read(
            Documents.process(
                """
                <startEvent id="s"/>
                <subProcess id="sub">
                  <startEvent id="ss"/>
                  <sequenceFlow id="sf" sourceRef="ss" targetRef="st"/>
                  <task id="st"/>
                  <subProcess id="caught" triggeredByEvent="true">
                    <startEvent id="cs" isInterrupting="false"><messageEventDefinition messageRef="m2"/></startEvent>
                  </subProcess>
                </subProcess>
                <subProcess id="failed" triggeredByEvent="true">
                  <startEvent id="fs"><errorEventDefinition/></startEvent>
                </subProcess>
                """));

    assertThat(((SubProcess) graph.element("sub")).triggeredByEvent()).isFalse();
    assertThat(graph.element("st").node().parent()).isEqualTo("sub");
    assertThat(graph.eventSubProcesses("sub")).extracting(SubProcess::id).containsExactly("caught");
    assertThat(graph.eventSubProcesses("p")).extracting(SubProcess::id).containsExactly("failed");
    assertThat(graph.starts("caught")).extracting(StartEvent::interrupting).containsExactly(false);
    assertThat(graph.starts("failed"))
        .extracting(StartEvent::definition)
        .containsExactly(new EventDefinition.ErrorCode(null));
  }

  @Test
  void drawingsAndNotesAreOfNoConsequence() {
    assertThat(
            read(Documents.document(
                    """
                        <collaboration id="c"><participant id="pool" processRef="p"/></collaboration>
                        <process id="p" isExecutable="true" camunda:versionTag="1" camunda:historyTimeToLive="P1D">
                          <documentation>Words</documentation>
                          <extensionElements><other:thing deep="1"><other:more/></other:thing><camunda:properties/></extensionElements>
                          <laneSet id="ls"><lane id="l"><flowNodeRef>s</flowNodeRef></lane></laneSet>
                          <startEvent id="s" other:colour="red"><documentation>Words</documentation></startEvent>
                          <dataObject id="do"/>
                          <dataObjectReference id="dor" dataObjectRef="do"/>
                          <dataStoreReference id="dsr"/>
                          <textAnnotation id="ta"><text>A note</text></textAnnotation>
                          <association id="as" sourceRef="s" targetRef="ta"/>
                          <group id="g"/>
                        </process>
                        """))
                .elements())
        .hasSize(1);
  }
}
