package org.millrace.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.operation.Problem;

/** What is refused, and that the problem names the element and what is wrong with it. */
class BpmnRefusalTest {

  private static final String START = "<startEvent id='start'/>";

  /** Refuses it with exactly one problem: of this element, and saying this. */
  private static void assertRefused(byte[] document, String element, String message) {
    List<Problem> problems = Documents.problems(document);

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.element()).isEqualTo(element);
              assertThat(problem.message()).contains(message);
              assertThat(problem.line()).isPositive();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "startEvent,escalation",
    "startEvent,error",
    "startEvent,link",
    "intermediateCatchEvent,error",
    "intermediateCatchEvent,escalation",
    "intermediateCatchEvent,terminate",
    "intermediateThrowEvent,error",
    "intermediateThrowEvent,timer",
    "intermediateThrowEvent,conditional",
    "intermediateThrowEvent,terminate",
    "endEvent,link",
    "endEvent,timer"
  })
  void anEventThatHasNoPlaceThere(String kind, String about) {
    assertRefused(
        Documents.process(
            START + "<%1$s id='t'><%2$sEventDefinition/></%1$s>".formatted(kind, about)),
        "t",
        kind + ": " + about + "EventDefinition is not supported here");
  }

  @Test
  void aLinkThatLeadsNowhere() {
    assertRefused(
        Documents.process(
            START
                + "<intermediateThrowEvent id='t'><linkEventDefinition name='l'/></intermediateThrowEvent>"),
        "t",
        "no event beside it catches the link \"l\"");
  }

  @Test
  void aLinkThatLeadsToTwoPlaces() {
    String caught =
        "<intermediateCatchEvent id='%s'><linkEventDefinition name='l'/></intermediateCatchEvent>";
    assertRefused(
        Documents.process(START + caught.formatted("c") + caught.formatted("t")),
        "t",
        "another event catches the link \"l\" already");
  }

  @ParameterizedTest
  @ValueSource(strings = {"terminate", "link"})
  void aBoundaryEventThatHasNoPlaceThere(String about) {
    assertRefused(
        Documents.process(
            START
                + "<task id='a'/><boundaryEvent id='t' attachedToRef='a'><%sEventDefinition/></boundaryEvent>"
                    .formatted(about)),
        "t",
        about + "EventDefinition is not supported here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"link", "terminate"})
  void aStartOfAnEventSubProcessThatHasNoPlaceThere(String about) {
    assertRefused(
        Documents.process(
            START
                + "<subProcess id='sub' triggeredByEvent='true'><startEvent id='t'><%sEventDefinition/></startEvent></subProcess>"
                    .formatted(about)),
        "t",
        about + "EventDefinition is not supported here");
  }

  /** Tasks of which a part or an attribute is not understood. */
  static Stream<Arguments> parts() {
    return Stream.of(
        arguments(
            "<task id='t'><multiInstanceLoopCharacteristics id='loop'/></task>",
            "it needs a loopCardinality or a collection: else nobody knows how often"),
        arguments(
            "<task id='t'><standardLoopCharacteristics/></task>",
            "its loop never ends: it needs a loopCondition or a loopMaximum"),
        arguments("<task id='t' startQuantity='2'/>", "startQuantity=\"2\" is not supported yet"),
        arguments("<task id='t' colour='red'/>", "the attribute colour is not supported"),
        arguments("<task id='t'><paint/></task>", "paint is not supported yet"),
        arguments("<task id='t' isForCompensation='perhaps'/>", "is neither true nor false"),
        arguments(
            "<serviceTask id='t' millrace:stagee='x'/>",
            "the attribute millrace:stagee is not supported"),
        arguments(
            "<task id='t' millrace:stage='x'/>", "the attribute millrace:stage is not supported"),
        arguments(
            "<serviceTask id='t' millrace:dueDate='x'/>",
            "the attribute millrace:dueDate is not supported"),
        arguments(
            "<serviceTask id='t' camunda:expression='${bean.one().two()}'/>",
            "calls no method such as one"),
        arguments(
            "<serviceTask id='t' camunda:resultVariable='r'/>",
            "the attribute camunda:resultVariable is not supported"),
        arguments("<task id='t' operationRef='o'/>", "operationRef is not supported"),
        arguments("<serviceTask id='t' flowable:type='dmn'/>", "the type \"dmn\""),
        arguments(
            "<serviceTask id='t'><extensionElements><camunda:executionListener/></extensionElements></serviceTask>",
            "camunda:executionListener is not supported yet"),
        arguments(
            "<serviceTask id='t'><extensionElements><zeebe:taskDefinition type='x'/><zeebe:linkedResources/></extensionElements></serviceTask>",
            "zeebe:linkedResources is not supported yet"),
        arguments(
            "<serviceTask id='t'><extensionElements><millrace:inputs/></extensionElements></serviceTask>",
            "millrace:inputs is not supported yet"),
        arguments("<serviceTask id='t' millrace:stage='a b'/>", "\"a b\" is no name for a stage"),
        arguments("<serviceTask id='t' millrace:stage='a*'/>", "is no name for a stage"),
        arguments("<serviceTask id='t' millrace:stage='a::b'/>", "is no name for a stage"),
        arguments("<serviceTask id='t' millrace:stage=''/>", "is no name for a stage"),
        arguments("<serviceTask id='t' camunda:delegateExpression='${a.b(x)}'/>", "name of a bean"),
        arguments("<serviceTask id='t' millrace:retries='many'/>", "not a number from 0 to 1000"),
        arguments("<serviceTask id='t' millrace:retries='-1'/>", "not a number from 0 to 1000"),
        arguments(
            "<serviceTask id='t' millrace:backoff='1s'/>", "\"1s\" is not an ISO 8601 duration"),
        arguments("<serviceTask id='t' millrace:backoff='PT1S,'/>", "\"\" is not an ISO 8601"),
        arguments("<serviceTask id='t' millrace:backoff='-PT1S'/>", "not an ISO 8601 duration"),
        arguments("<serviceTask id='t' millrace:priority='10'/>", "not a number from 0 to 9"),
        arguments("<serviceTask id='t' millrace:priority='= 1 +'/>", "failed to parse expression"),
        arguments(
            "<serviceTask id='t'><extensionElements><camunda:failedJobRetryTimeCycle>often</camunda:failedJobRetryTimeCycle></extensionElements></serviceTask>",
            "\"often\" is not an ISO 8601 duration"),
        arguments(
            "<serviceTask id='t'><extensionElements><millrace:input target='a'/></extensionElements></serviceTask>",
            "input: a mapping needs a target and a source"),
        arguments(
            "<serviceTask id='t'><extensionElements><millrace:input target='a' source='= 1 +'/></extensionElements></serviceTask>",
            "input: failed to parse expression"),
        arguments(
            "<serviceTask id='t'><extensionElements><zeebe:ioMapping><zeebe:output target='a..b' source='=1'/></zeebe:ioMapping></extensionElements></serviceTask>",
            "a mapping needs a target and a source"),
        arguments(
            "<serviceTask id='t'><extensionElements><camunda:inputOutput><camunda:inputParameter name='a'><camunda:script scriptFormat='groovy'>1</camunda:script></camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask>",
            "the language 'groovy' is not supported"),
        arguments(
            "<serviceTask id='t'><extensionElements><camunda:inputOutput><camunda:inputParameter name='a'><camunda:bean/></camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask>",
            "a bean is no value"),
        arguments(
            "<scriptTask id='t' scriptFormat='javascript'><script>1</script></scriptTask>",
            "'javascript' is not supported"),
        arguments(
            "<scriptTask id='t' scriptFormat='groovy'><script>1</script></scriptTask>",
            "'groovy' is not supported"),
        arguments("<scriptTask id='t'><script>1</script></scriptTask>", "it needs a scriptFormat"),
        arguments("<scriptTask id='t' scriptFormat='feel'/>", "the expression is empty"),
        arguments(
            "<scriptTask id='t' scriptFormat='feel'><script>1 +</script></scriptTask>",
            "failed to parse"),
        arguments(
            "<scriptTask id='t' scriptFormat='juel'><script>${(x -> x)(1)}</script></scriptTask>",
            "no lambdas"),
        arguments("<receiveTask id='t' messageRef='nosuch'/>", "there is no message \"nosuch\""),
        arguments("<receiveTask id='t' messageRef='e1'/>", "there is no message \"e1\""),
        arguments("<sendTask id='t' messageRef='nosuch'/>", "there is no message \"nosuch\""),
        arguments("<userTask id='t' camunda:assignee='${a b}'/>", "does not parse"),
        arguments(
            "<parallelGateway id='t' default='out'/>", "the attribute default is not supported"),
        arguments(
            "<exclusiveGateway id='t' default='nosuch'/>",
            "its default flow \"nosuch\" does not leave it"),
        arguments("<intermediateCatchEvent id='t'/>", "it needs an event definition"),
        arguments(
            "<intermediateCatchEvent id='t'><messageEventDefinition/></intermediateCatchEvent>",
            "needs a reference to a message"),
        arguments(
            "<intermediateCatchEvent id='t'><messageEventDefinition messageRef='m1'/><timerEventDefinition/></intermediateCatchEvent>",
            "a timer needs one of"),
        arguments(
            "<intermediateCatchEvent id='t'><messageEventDefinition messageRef='m1'/><linkEventDefinition name='l'/></intermediateCatchEvent>",
            "the only thing that an event can be about"),
        arguments(
            "<intermediateThrowEvent id='t'><messageEventDefinition/><compensateEventDefinition/></intermediateThrowEvent>",
            "it can throw but one"),
        arguments(
            "<intermediateCatchEvent id='t'><signalEventDefinition/></intermediateCatchEvent>",
            "needs a reference to a signal"),
        arguments(
            "<intermediateThrowEvent id='t'><escalationEventDefinition/></intermediateThrowEvent>",
            "needs a reference to an escalation"),
        arguments(
            "<intermediateCatchEvent id='t'><conditionalEventDefinition/></intermediateCatchEvent>",
            "it needs a condition"),
        arguments(
            "<intermediateThrowEvent id='t'><linkEventDefinition/></intermediateThrowEvent>",
            "a link needs a name"),
        arguments(
            "<intermediateThrowEvent id='t'><linkEventDefinition name='l'/></intermediateThrowEvent><intermediateCatchEvent id='c'><linkEventDefinition name='l'/></intermediateCatchEvent>",
            "the link is its only way on this side"),
        arguments(
            "<intermediateCatchEvent id='t'><timerEventDefinition/></intermediateCatchEvent>",
            "a timer needs one of"),
        arguments(
            "<intermediateCatchEvent id='t'><timerEventDefinition><timeDuration>an hour</timeDuration></timerEventDefinition></intermediateCatchEvent>",
            "\"an hour\" is not an ISO 8601 duration"),
        arguments(
            "<intermediateCatchEvent id='t'><timerEventDefinition><timeDate>tomorrow</timeDate></timerEventDefinition></intermediateCatchEvent>",
            "\"tomorrow\" is not an ISO 8601 date"),
        arguments(
            "<intermediateCatchEvent id='t'><timerEventDefinition><timeDate>= 1 +</timeDate></timerEventDefinition></intermediateCatchEvent>",
            "failed to parse"),
        arguments(
            "<intermediateCatchEvent id='t'><timerEventDefinition><timeCycle>daily</timeCycle></timerEventDefinition></intermediateCatchEvent>",
            "\"daily\" is not an ISO 8601 cycle such as R3/PT10M, or cron"),
        arguments(
            "<intermediateCatchEvent id='t'><timerEventDefinition millrace:missed='never'><timeCycle>R3/PT1H</timeCycle></timerEventDefinition></intermediateCatchEvent>",
            "missed=\"never\" is none of once, all, skip"),
        arguments(
            "<intermediateThrowEvent id='t'><compensateEventDefinition activityRef='nosuch'/></intermediateThrowEvent>",
            "it compensates \"nosuch\", which is no activity"),
        arguments(
            "<subProcess id='t'><task id='a'/><sequenceFlow id='f' sourceRef='a' targetRef='a'/></subProcess>",
            "it has no start event"),
        arguments(
            "<adHocSubProcess id='t'/>", "it is ad-hoc, and nothing is in it that could begin"),
        arguments(
            "<adHocSubProcess id='t'><startEvent id='a'/></adHocSubProcess>",
            "somebody says what begins in it, no start event"),
        arguments(
            "<adHocSubProcess id='t' ordering='Any'><task id='a'/></adHocSubProcess>",
            "is neither Parallel nor Sequential"),
        arguments(
            "<transaction id='t' method='##Store'><startEvent id='a'/></transaction>",
            "method=\"##Store\" is not supported"),
        arguments(
            "<transaction id='t'><startEvent id='a'/><endEvent id='b'><cancelEventDefinition/></endEvent></transaction>",
            "its transaction has no cancel event on its border"),
        arguments(
            "<subProcess id='t'><startEvent id='a'/><endEvent id='b'><cancelEventDefinition/></endEvent></subProcess>",
            "it cancels a transaction, but does not lie directly in one"),
        arguments(
            "<task id='t'/><boundaryEvent id='b' attachedToRef='t'><cancelEventDefinition/></boundaryEvent>",
            "it cancels \"t\", which is no transaction"),
        arguments(
            "<subProcess id='t'><startEvent id='a'/><startEvent id='b'/></subProcess>",
            "without a message already"));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aPartThatIsNotUnderstood(String element, String message) {
    List<Problem> problems = Documents.problems(Documents.row("t", element));

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.element()).isIn("t", "b");
              assertThat(problem.message()).contains(message);
              assertThat(problem.line()).isPositive();
            });
  }

  /** Processes whose parts do not fit together: the content, the element to blame, the message. */
  static Stream<Arguments> structures() {
    String task = START + "<task id='a'/>";
    return Stream.of(
        arguments("", "p", "process: it has no start event"),
        arguments(START + "<startEvent id='t'/>", "t", "without a message already"),
        arguments(
            START + "<sequenceFlow id='t' sourceRef='start' targetRef='nosuch'/>",
            "t",
            "its targetRef \"nosuch\" is nothing that lies beside it"),
        arguments(
            START + "<sequenceFlow id='t' targetRef='start'/>",
            "t",
            "its sourceRef \"null\" is nothing"),
        arguments(
            START
                + "<subProcess id='sub'><startEvent id='x'/></subProcess><sequenceFlow id='t' sourceRef='start' targetRef='x'/>",
            "t",
            "a flow does not leave its sub-process"),
        arguments(
            task
                + "<sequenceFlow id='t' sourceRef='start' targetRef='a'><conditionExpression>1 +</conditionExpression></sequenceFlow>",
            "t",
            "conditionExpression: failed to parse"),
        arguments(
            task
                + "<sequenceFlow id='t' sourceRef='start' targetRef='a'><conditionExpression language='python'>x</conditionExpression></sequenceFlow>",
            "t",
            "'python' is not supported"),
        arguments(
            task
                + "<sequenceFlow id='t' sourceRef='start' targetRef='a'><conditionExpression camunda:resource='x.js'>x</conditionExpression></sequenceFlow>",
            "t",
            "camunda:resource is not supported"),
        arguments(
            START
                + "<startEvent id='t'><messageEventDefinition messageRef='m1'/></startEvent><task id='a'/><sequenceFlow id='f' sourceRef='a' targetRef='t'/>",
            "t",
            "no sequence flow leads to it"),
        arguments(
            task + "<endEvent id='t'/><sequenceFlow id='f' sourceRef='t' targetRef='a'/>",
            "t",
            "no sequence flow leads from an end event"),
        arguments(
            task
                + "<exclusiveGateway id='t' default='f'/><sequenceFlow id='f' sourceRef='t' targetRef='a'/><sequenceFlow id='g' sourceRef='t' targetRef='a'/>",
            "t",
            "its flow \"g\" needs a condition, or is the default"),
        arguments(
            START
                + "<sequenceFlow id='g' sourceRef='start' targetRef='t'/><eventBasedGateway id='t'/><intermediateCatchEvent id='c'><messageEventDefinition messageRef='m1'/></intermediateCatchEvent><sequenceFlow id='f' sourceRef='t' targetRef='c'><conditionExpression>x</conditionExpression></sequenceFlow>",
            "t",
            "cannot have a condition"),
        arguments(START + "<eventBasedGateway id='t'/>", "t", "it needs events to wait for"),
        arguments(
            task + "<eventBasedGateway id='t'/><sequenceFlow id='f' sourceRef='t' targetRef='a'/>",
            "t",
            "\"a\", which waits for no event"),
        arguments(
            task
                + "<eventBasedGateway id='g'/><receiveTask id='t' messageRef='m2'/><sequenceFlow id='f' sourceRef='g' targetRef='t'/><sequenceFlow id='h' sourceRef='a' targetRef='t'/>",
            "t",
            "no other flow leads to it"),
        arguments(
            task
                + "<eventBasedGateway id='t' instantiate='true'/><receiveTask id='r' messageRef='m2'/><sequenceFlow id='f' sourceRef='t' targetRef='r'/><sequenceFlow id='h' sourceRef='a' targetRef='t'/>",
            "t",
            "its events begin the process, so no sequence flow leads to it"),
        arguments(
            task
                + "<eventBasedGateway id='t' instantiate='true'/><intermediateCatchEvent id='r'><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent><sequenceFlow id='f' sourceRef='t' targetRef='r'/>",
            "t",
            "it begins the process, so it waits for messages alone"),
        arguments(
            task
                + "<eventBasedGateway id='t' eventGatewayType='Parallel'/><receiveTask id='r' messageRef='m2'/><sequenceFlow id='f' sourceRef='t' targetRef='r'/>",
            "t",
            "eventGatewayType=\"Parallel\" is not supported yet"),
        arguments(
            task
                + "<boundaryEvent id='t' attachedToRef='nosuch'><errorEventDefinition/></boundaryEvent>",
            "t",
            "it is attached to \"nosuch\", which is not there"),
        arguments(
            task
                + "<boundaryEvent id='t' attachedToRef='start'><errorEventDefinition/></boundaryEvent>",
            "t",
            "\"start\", which has no border for it"),
        arguments(
            task + "<boundaryEvent id='t'><errorEventDefinition/></boundaryEvent>",
            "t",
            "it needs an attachedToRef"),
        arguments(
            task + "<boundaryEvent id='t' attachedToRef='a'/>",
            "t",
            "it needs an event definition"),
        arguments(
            task
                + "<boundaryEvent id='t' attachedToRef='a' cancelActivity='false'><errorEventDefinition/></boundaryEvent>",
            "t",
            "an error always interrupts"),
        arguments(
            task
                + "<boundaryEvent id='b' attachedToRef='a'><errorEventDefinition/></boundaryEvent><boundaryEvent id='t' attachedToRef='a'><errorEventDefinition/></boundaryEvent>",
            "t",
            "catches this already"),
        arguments(
            task
                + "<boundaryEvent id='t' attachedToRef='a'><compensateEventDefinition/></boundaryEvent>",
            "t",
            "an association must lead from it"),
        arguments(
            task
                + "<boundaryEvent id='t' attachedToRef='a'><compensateEventDefinition/></boundaryEvent><association id='as' sourceRef='t' targetRef='h'/><task id='h'/>",
            "t",
            "an association must lead from it"),
        arguments(
            task
                + "<task id='t' isForCompensation='true'/><sequenceFlow id='f' sourceRef='a' targetRef='t'/>",
            "t",
            "it compensates, so no sequence flow"),
        arguments(
            START + "<endEvent id='t'><errorEventDefinition/></endEvent>",
            "t",
            "it needs a reference to an error"),
        arguments(
            START + "<subProcess id='t' triggeredByEvent='true'/>",
            "t",
            "exactly one start event, not 0"),
        arguments(
            START + "<subProcess id='s' triggeredByEvent='true'><startEvent id='t'/></subProcess>",
            "t",
            "it needs an event definition"),
        arguments(
            START
                + "<subProcess id='s'><startEvent id='t'><messageEventDefinition messageRef='m1'/></startEvent></subProcess>",
            "t",
            "messageEventDefinition is not supported here"),
        arguments(
            task
                + "<subProcess id='t' triggeredByEvent='true'><startEvent id='s'><errorEventDefinition/></startEvent></subProcess><sequenceFlow id='f' sourceRef='a' targetRef='t'/>",
            "t",
            "so no sequence flow leads to it"),
        arguments(START + "<task id='start'/>", "start", "stands in the process twice"),
        arguments(
            START + "<correlationSubscription id='c'/>",
            "p",
            "correlationSubscription is not supported yet"),
        arguments(
            START + "<extensionElements><camunda:executionListener/></extensionElements>",
            "p",
            "camunda:executionListener is not supported yet"));
  }

  @ParameterizedTest
  @MethodSource("structures")
  void partsThatDoNotFitTogether(String content, String element, String message) {
    assertRefused(Documents.process(content), element, message);
  }

  @Test
  void anElementWithoutId() {
    assertThat(Documents.problems(Documents.process(START + "<task name='x'/>")))
        .extracting(Problem::message)
        .containsExactly("task \"x\": it needs an id of at most 200 characters without spaces");
  }

  @Test
  void twoProcessesOfOneId() {
    String document = new String(Documents.process(START), UTF_8);
    String process =
        document.substring(document.indexOf("<process"), document.indexOf("</definitions>"));
    assertRefused(
        document.replace("</definitions>", process + "</definitions>").getBytes(UTF_8),
        "p",
        "the id \"p\" stands in the document twice");
  }

  @Test
  void allProblemsAreToldAtOnceInTheOrderOfTheDocument() {
    assertThat(
            Documents.problems(
                Documents.process(
                    """
                    <startEvent id="s"/>
                    <callActivity id="a"/>
                    <scriptTask id="b" scriptFormat="ruby"><script>1</script></scriptTask>
                    <sequenceFlow id="c" sourceRef="s" targetRef="nosuch"/>
                    <receiveTask id="d" messageRef="nosuch"/>
                    """)))
        .extracting(Problem::element)
        .containsExactly("a", "b", "c", "d");
  }

  @Test
  void theProblemNamesTheLineOfTheElement() {
    byte[] document =
        """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
          <process id="p" isExecutable="true">
            <startEvent id="s"/>
            <callActivity
                id="a"/>
          </process>
        </definitions>
        """
            .getBytes(UTF_8);

    assertThat(Documents.problems(document)).extracting(Problem::line).containsExactly(4);
  }

  @Test
  void aDocumentWithoutAnExecutableProcess() {
    String process = "<process id='p' isExecutable='false'><startEvent id='s'/></process>";

    assertThat(Documents.problems(Documents.document(process)))
        .singleElement()
        .extracting(Problem::message)
        .isEqualTo("definitions: no process in it is marked isExecutable=\"true\"");
  }

  @Test
  void aDocumentThatIsNoBpmn() {
    assertThat(Documents.problems("<html/>".getBytes(UTF_8)))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("this is no BPMN 2.0: it begins with html");
  }

  @Test
  void anExtensionThatMustBeUnderstood() {
    assertRefused(
        Documents.document(
            "<extension mustUnderstand='true' definition='x'/><process id='p' isExecutable='true'><startEvent id='s'/></process>"),
        null,
        "this extension is not understood");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "<message id='x' name='nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn'/>,needs a name",
        "<message id='x' name='= a +'/>,failed to parse",
        "<message id='x' name='${a'/>,does not parse",
        "<message id='x' name='a' millrace:correlationKey='= 1 +'/>,failed to parse",
        "<message id='x' name='a' millrace:key='= b'/>,millrace:key is not supported"
      })
  void aMessageThatCannotBeWaitedFor(String message, String reason) {
    assertThat(
            Documents.problems(
                Documents.document(
                    message
                        + "<process id='p' isExecutable='true'><startEvent id='s'/><receiveTask id='r' messageRef='x'/></process>")))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains(reason);
  }

  @Test
  void subProcessesThatNestTooDeep() {
    String nested =
        IntStream.range(0, 60)
            .mapToObj(i -> "<subProcess id='n" + i + "'><startEvent id='s" + i + "'/>")
            .collect(Collectors.joining());

    assertRefused(
        Documents.process(START + nested + "</subProcess>".repeat(60)),
        "n50",
        "sub-processes nest deeper than 50");
  }

  @Test
  void aProcessWithMoreElementsThanAnybodyOversees() {
    String tasks =
        IntStream.range(0, 10_001)
            .mapToObj(i -> "<task id='t" + i + "'/>")
            .collect(Collectors.joining());

    assertRefused(Documents.process(START + tasks), "p", "at most 10000 elements");
  }

  @Test
  void moreProblemsThanAPersonTakesIn() {
    String tasks =
        IntStream.range(0, 500)
            .mapToObj(i -> "<callActivity id='t" + i + "'/>")
            .collect(Collectors.joining());

    assertThat(Documents.problems(Documents.process(START + tasks)))
        .hasSize(101)
        .last()
        .isEqualTo(new Problem(null, 0, "and 400 problems more"));
  }
}
