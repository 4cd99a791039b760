package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.operation.DeploymentRefused;

/**
 * Documents that are well-formed and meant to hurt: each has its answer within a second of work and
 * 64 MiB of heap. What hurts before a document is understood is in {@link XmlGuardTest}.
 */
class AttackTest {

  private static final Duration TIME = Duration.ofSeconds(1);

  /** All that is allocated on the way, most of it garbage at once. */
  private static final long BYTES = 768L << 20;

  /** FEEL's engine takes its time once. */
  @BeforeAll
  static void warmUp() {
    read(condition("x > 1 @"));
    read(condition("for i in [1] return i"));
  }

  private static void read(byte[] document) {
    try {
      assertThat(BpmnReader.read(document)).isNotEmpty();
    } catch (DeploymentRefused refused) {
      assertThat(refused.problems()).isNotEmpty();
    }
  }

  private static void isAnsweredInTime(byte[] document) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    long allocated = threads.getCurrentThreadAllocatedBytes();

    read(document);

    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated).isLessThan(BYTES);
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - begin)).isLessThan(TIME);
  }

  private static byte[] process(String content) {
    return Documents.process("<startEvent id='s'/>" + content);
  }

  private static String flow(String condition) {
    return "<sequenceFlow id='f' sourceRef='s' targetRef='a'><conditionExpression>%s</conditionExpression></sequenceFlow>"
        .formatted(condition);
  }

  private static byte[] condition(String text) {
    return process("<task id='a'/>" + flow(text));
  }

  private static String times(int times, IntFunction<String> part) {
    return IntStream.range(0, times).mapToObj(part).collect(Collectors.joining());
  }

  static Stream<Arguments> structures() {
    return Stream.of(
        arguments(
            "a ring of gateways",
            times(
                8000,
                i ->
                    "<exclusiveGateway id='g%d'/><sequenceFlow id='f%d' sourceRef='g%d' targetRef='g%d'/>"
                        .formatted(i, i, i, (i + 1) % 8000))),
        arguments(
            "a star of inclusive gateways",
            "<inclusiveGateway id='j'/>"
                + times(
                    3000,
                    i ->
                        "<inclusiveGateway id='g%d'/><sequenceFlow id='f%d' sourceRef='g%d' targetRef='j'/><sequenceFlow id='b%d' sourceRef='j' targetRef='g%d'/>"
                            .formatted(i, i, i, i, i))),
        arguments(
            "many flows between two",
            "<task id='a'/>"
                + times(
                    20_000,
                    i -> "<sequenceFlow id='f%d' sourceRef='s' targetRef='a'/>".formatted(i))),
        arguments(
            "many events on one activity",
            "<userTask id='a'/>"
                + times(
                    5000,
                    i ->
                        "<boundaryEvent id='b%d' attachedToRef='a'><errorEventDefinition/></boundaryEvent>"
                            .formatted(i))),
        arguments(
            "many event sub-processes",
            times(
                3000,
                i ->
                    "<subProcess id='e%d' triggeredByEvent='true'><startEvent id='s%d'><errorEventDefinition/></startEvent></subProcess>"
                        .formatted(i, i))),
        arguments(
            "many associations",
            "<task id='a' isForCompensation='true'/>"
                + times(
                    15_000,
                    i -> "<association id='x%d' sourceRef='b%d' targetRef='a'/>".formatted(i, i))),
        arguments(
            "many mappings",
            "<serviceTask id='a'><extensionElements><zeebe:ioMapping>"
                + times(5000, i -> "<zeebe:input target='a.b%d' source='= x'/>".formatted(i))
                + "</zeebe:ioMapping></extensionElements></serviceTask>"),
        arguments("a process that calls itself", "<callActivity id='c' calledElement='p'/>"),
        arguments(
            "a long list of pauses",
            "<serviceTask id='a'><extensionElements><camunda:failedJobRetryTimeCycle>"
                + "P,".repeat(60_000)
                + "</camunda:failedJobRetryTimeCycle></extensionElements></serviceTask>"),
        arguments(
            "a bean with many arguments",
            "<serviceTask id='a' camunda:expression='${a.b(" + "1,".repeat(20_000) + "1)}'/>"),
        arguments(
            "many costly expressions", "<task id='a'/>" + flow("((((((((((((1 @").repeat(300)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("structures")
  void aStructureThatIsMeantToHurt(String name, String content) {
    isAnsweredInTime(process(content));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "40 (",
        "4900 (",
        "4900 [",
        "20 if (",
        "14 [(",
        "30 for i in (",
        "30 some i in (",
        "30 function(a) (",
        "40 f(",
        "4900 1+",
        "9000 -",
        "3000 a[1].",
        "480 if true then 1 else ",
        "4900 /*",
        "900 ${(",
        "9000 !"
      })
  void anExpressionThatIsMeantToHurt(String attack) {
    String[] parts = attack.split(" ", 2);
    String open = parts[1].repeat(Integer.parseInt(parts[0]));

    isAnsweredInTime(condition(open));
    isAnsweredInTime(condition(open + "1"));
    isAnsweredInTime(condition(open + "1 @" + ")".repeat(30)));
    isAnsweredInTime(condition("${" + open + "}"));
  }
}
