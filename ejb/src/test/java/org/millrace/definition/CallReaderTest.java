package org.millrace.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.operation.Problem;
import org.millrace.kernel.element.CallActivity;
import org.millrace.kernel.graph.Binding;
import org.millrace.kernel.graph.Call;
import org.millrace.kernel.graph.Call.Passing;
import org.millrace.kernel.graph.Expression;

/** What a call activity calls, in each way of writing it. */
class CallReaderTest {

  private static final Map<String, Object> VARIABLES = Map.of("x", 2L, "odd name", 3L);

  /** In a document that declares the namespaces of all engines. */
  private static Call classic(String attributes, String content) {
    return call(Documents.row("c", activity(attributes, content)));
  }

  /** In a document that declares only the engine's own namespace and that of Camunda 8. */
  private static Call plain(String attributes, String content) {
    return call(document(activity(attributes, content)));
  }

  private static String activity(String attributes, String content) {
    return "<callActivity id='c' %s><extensionElements>%s</extensionElements></callActivity>"
        .formatted(attributes, content);
  }

  private static byte[] document(String activity) {
    return """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:millrace="http://millrace.org/schema/bpmn"
            xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="test">
          <process id="p" isExecutable="true">
            <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="c"/>%s
          </process>
        </definitions>
        """
        .formatted(activity)
        .getBytes(UTF_8);
  }

  private static Call call(byte[] document) {
    return ((CallActivity) Documents.read(document).element("c")).call();
  }

  private static @Nullable Object value(Expression expression) {
    return expression.evaluate(VARIABLES, Instant.EPOCH);
  }

  private static @Nullable Object value(Passing passing) {
    return value(passing.mapping().source());
  }

  @ParameterizedTest
  @CsvSource({"q,q", "tns:q,q", "=\"q\" + string(x),q2", "${x},2"})
  void theCalledElement(String written, String process) {
    String escaped = written.replace("\"", "&quot;");
    assertThat(String.valueOf(value(plain("calledElement='" + escaped + "'", "").process())))
        .isEqualTo(process);
  }

  @Test
  void theCalledElementOfCamunda8() {
    Call call = plain("", "<zeebe:calledElement processId='= \"q\"' bindingType='deployment'/>");
    assertThat(value(call.process())).isEqualTo("q");
    assertThat(call.binding()).isEqualTo(Binding.DEPLOYMENT);
  }

  @ParameterizedTest
  @CsvSource({
    "'',LATEST",
    "camunda:calledElementBinding='latest',LATEST",
    "camunda:calledElementBinding='deployment',DEPLOYMENT",
    "operaton:calledElementBinding='version' operaton:calledElementVersion='7',VERSION",
    "flowable:sameDeployment='true' flowable:calledElementType='key',DEPLOYMENT",
    "millrace:binding='deployment',DEPLOYMENT",
    "millrace:version='7',VERSION",
    "camunda:calledElementBinding='versionTag' camunda:calledElementVersionTag='7',VERSION_TAG",
    "millrace:versionTag='= string(7)',VERSION_TAG"
  })
  void theVersion(String attributes, Binding binding) {
    Call call = classic("calledElement='q' " + attributes, "");
    assertThat(call.binding()).isEqualTo(binding);
    if (binding == Binding.VERSION || binding == Binding.VERSION_TAG) {
      assertThat(value(call.version())).isEqualTo("7");
    } else {
      assertThat(call.version()).isNull();
    }
  }

  @Test
  void theTagOfCamunda8() {
    Call call =
        plain("", "<zeebe:calledElement processId='q' bindingType='versionTag' versionTag='7'/>");
    assertThat(call.binding()).isEqualTo(Binding.VERSION_TAG);
    assertThat(value(call.version())).isEqualTo("7");
  }

  @Test
  void inAPlainDocument_allPassesUnlessMappingsNameWhat() {
    Call plain = plain("calledElement='q'", "");
    assertThat(plain.in()).containsExactly(Passing.all(false));
    assertThat(plain.out()).containsExactly(Passing.all(false));
    assertThat(plain.inheritsKey()).isTrue();

    Call mapped =
        plain(
            "calledElement='q' millrace:businessKey='= string(x)'",
            "<millrace:input target='a' source='=x'/><millrace:output target='b' source='=y'/>");
    assertThat(mapped.in()).containsExactly(Passing.all(true));
    assertThat(mapped.out()).containsExactly(Passing.all(true));
    assertThat(value(mapped.businessKey())).isEqualTo("2");
  }

  @Test
  void inADocumentForCamunda8_allPassesUnlessItSaysOtherwise() {
    Call all = plain("", "<zeebe:calledElement processId='q'/>");
    assertThat(all.in()).containsExactly(Passing.all(false));
    assertThat(all.out()).containsExactly(Passing.all(false));

    Call none =
        plain(
            "",
            "<zeebe:calledElement processId='q' propagateAllParentVariables='false'"
                + " propagateAllChildVariables='false'/>");
    assertThat(none.in()).containsExactly(Passing.all(true));
    assertThat(none.out()).isEmpty();

    Call mapped =
        plain(
            "",
            "<zeebe:calledElement processId='q' propagateAllChildVariables='false'/>"
                + "<zeebe:ioMapping><zeebe:output source='=y' target='b'/></zeebe:ioMapping>");
    assertThat(mapped.out()).containsExactly(Passing.all(true));
  }

  @Test
  void inADocumentForCamunda7_onlyWhatIsNamedPasses() {
    Call none = classic("calledElement='q'", "");
    assertThat(none.in()).isEmpty();
    assertThat(none.out()).isEmpty();
    assertThat(none.inheritsKey()).isFalse();

    Call named =
        classic(
            "calledElement='q'",
            """
            <camunda:in variables="all"/><camunda:in variables="all" local="true"/>
            <camunda:in source="odd name" target="a"/>
            <camunda:in sourceExpression="${x + 1}" target="b" local="true"/>
            <camunda:in businessKey="#{execution.processBusinessKey}"/>
            <operaton:out source="nothing" target="c"/>
            <flowable:out variables="all"/>
            """);
    assertThat(named.in()).startsWith(Passing.all(false), Passing.all(true)).hasSize(4);
    assertThat(value(named.in().get(2))).isEqualTo(3L);
    assertThat(value(named.in().get(3))).isEqualTo(3L);
    assertThat(named.in().get(3).own()).isTrue();
    assertThat(named.inheritsKey()).isTrue();
    assertThat(named.businessKey()).isNull();
    assertThat(named.out()).contains(Passing.all(false)).hasSize(2);
    assertThat(value(named.out().get(0))).isNull();
  }

  @Test
  void inADocumentForFlowable_variablesAndKeyCanBeInherited() {
    Call call =
        classic(
            "calledElement='q' flowable:inheritVariables='true'"
                + " flowable:inheritBusinessKey='true'",
            "");
    assertThat(call.in()).containsExactly(Passing.all(false));
    assertThat(call.out()).isEmpty();
    assertThat(call.inheritsKey()).isTrue();
    assertThat(value(classic("calledElement='q' flowable:businessKey='${x}'", "").businessKey()))
        .isEqualTo(2L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|it needs a calledElement",
        "calledElement='q' millrace:binding='versionTag'|names none",
        "calledElement='q' millrace:binding='newest'|the binding \"newest\" is not",
        "calledElement='q' millrace:binding='version'|names none",
        "calledElement='${'|does not parse"
      })
  void whatCannotBeCalledIsRefused(String line) {
    String[] parts = line.split("\\|", -1);
    assertRefused(document(activity(parts[0], "")), parts[1]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<camunda:in source='x'/>|it needs a source and a target",
        "<camunda:in variables='some'/>|variables=\"some\"",
        "<camunda:out businessKey='${x}'/>|businessKey",
        "<camunda:caseRef/>|camunda:caseRef"
      })
  void whatCannotPassIsRefused(String line) {
    String[] parts = line.split("\\|", -1);
    assertThat(Documents.problems(Documents.row("c", activity("calledElement='q'", parts[0]))))
        .extracting(Problem::message)
        .anyMatch(message -> message.contains(parts[1]));
    assertThat(Documents.problems(Documents.row("c", activity("calledElement='q'", parts[0]))))
        .extracting(Problem::element)
        .containsOnly("c");
  }

  private static void assertRefused(byte[] document, String reason) {
    List<Problem> problems = Documents.problems(document);
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).message()).contains(reason);
    assertThat(problems.get(0).element()).isEqualTo("c");
  }
}
