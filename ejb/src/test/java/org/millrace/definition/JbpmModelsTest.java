package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Kernel;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Wait;

/** What jBPM writes in ways of its own: conditions in Java or MVEL, variables, times. */
class JbpmModelsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static InstanceState started(byte[] document, Map<String, Object> variables) {
    ProcessGraph graph = Documents.read(document);
    Decision decision =
        Kernel.decide(
            graph,
            InstanceState.initial("instance"),
            new Command.Start(null, null, 4, variables),
            NOW);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    InstanceState state = ((Decision.Accepted) decision).state();
    assertThat(state.incidents()).isEmpty();
    return state;
  }

  private static byte[] choice(String language, String condition) {
    return Documents.process(
        """
        <property id="x" itemSubjectRef="_x"/>
        <startEvent id="s"/>
        <sequenceFlow id="f1" sourceRef="s" targetRef="g"/>
        <exclusiveGateway id="g" default="f3"/>
        <sequenceFlow id="f2" sourceRef="g" targetRef="yes">
          <conditionExpression language="%s"><![CDATA[%s]]></conditionExpression>
        </sequenceFlow>
        <sequenceFlow id="f3" sourceRef="g" targetRef="no"/>
        <userTask id="yes"/>
        <userTask id="no"/>
        """
            .formatted(language, condition));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return x > 1;",
        "x > 1 && x != null",
        "return \"a\".equals(\"a\") ;",
        "return kcontext.getVariable(\"x\") == 2;"
      })
  void aConditionThatOnlyComparesIsExecuted(String condition) {
    for (String language : List.of("http://www.java.com/java", "http://www.mvel.org/2.0")) {
      assertThat(started(choice(language, condition), Map.of("x", 2L)).waits())
          .extracting(Wait::element)
          .containsExactly("yes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"return (Boolean) x;", "int y = 1; return y > 1;", "x.exit(1)", "new A()"})
  void aConditionThatDoesMoreIsRefused(String condition) {
    assertThat(Documents.problems(choice("http://www.java.com/java", condition))).isNotEmpty();
  }

  @Test
  void aPropertyIsAVariableThatIsNull() {
    byte[] document = choice("http://www.mvel.org/2.0", "return x == null;");

    assertThat(started(document, Map.of()).waits()).extracting(Wait::element).contains("yes");
    assertThat(started(document, Map.of("x", 1L)).waits()).extracting(Wait::element).contains("no");
  }

  @ParameterizedTest
  @CsvSource({
    "timeDuration, 500ms, PT0.5S, 0",
    "timeDuration, 1h30m, PT1H30M, 0",
    "timeDuration, 2d 3s, PT48H3S, 0",
    "timeDuration, 500, PT0.5S, 0",
    "timeDuration, PT7M, PT7M, 0",
    "timeCycle, 10s, PT10S, 0",
    "timeCycle, 500ms###1m, PT1M, -1",
    "timeCycle, R3/PT1H, PT1H, 2"
  })
  void aTimeIsReadAsJbpmWritesIt(String kind, String text, Duration due, int repeats) {
    byte[] document =
        Documents.row(
            "t",
            "<intermediateCatchEvent id='t'><timerEventDefinition><%s language='int'>%s</%s></timerEventDefinition></intermediateCatchEvent>"
                .formatted(kind, text, kind));

    assertThat(started(document, Map.of()).waits())
        .singleElement()
        .satisfies(
            wait -> {
              assertThat(wait.due()).isEqualTo(NOW.plus(due));
              assertThat(wait.repeats()).isEqualTo(repeats);
            });
  }

  private static byte[] adHoc(String language, String completion) {
    return Documents.process(
        """
        <startEvent id="s"/>
        <sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
        <adHocSubProcess id="a">
          <userTask id="auto">
            <extensionElements>
              <drools:metaData xmlns:drools="http://www.jboss.org/drools" name="customAutoStart">
                <drools:metaValue><![CDATA[true]]></drools:metaValue>
              </drools:metaData>
            </extensionElements>
          </userTask>
          <userTask id="byHand"/>
          <completionCondition %s><![CDATA[%s]]></completionCondition>
        </adHocSubProcess>
        <sequenceFlow id="f2" sourceRef="a" targetRef="z"/>
        <userTask id="z"/>
        """
            .formatted(language, completion));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "language='http://www.mvel.org/2.0' | autocomplete",
        "'' | getActivityInstanceAttribute(\"numberOfActiveInstances\") == 0",
        "language='http://www.java.com/java' | return done;"
      })
  void givenAnAdHocSubProcess_whenItBegins_thenWhatStartsByItselfDoes_andItCompletesAfterIt(
      String language, String completion) {
    byte[] document = adHoc(language, completion);
    InstanceState state = started(document, Map.of("done", true));
    assertThat(state.waits()).extracting(Wait::element).containsExactly("auto");

    Decision done =
        Kernel.decide(
            Documents.read(document),
            state,
            new Command.Complete(state.waits().iterator().next().id(), 1, Map.of()),
            NOW);

    assertThat(((Decision.Accepted) done).state().waits())
        .extracting(Wait::element)
        .containsExactly("z");
  }
}
