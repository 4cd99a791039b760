package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.ConditionDefinition;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.MultipleDefinition;
import org.millrace.kernel.element.SignalDefinition;
import org.millrace.kernel.element.TimerDefinition;
import org.millrace.kernel.graph.Literal;
import org.millrace.kernel.graph.ProcessGraph;

class EventReaderTest {

  private static final String ROOTS =
      """
      <signal id="alarm" name="alarm"/>
      <signal id="computed" name="alarm-${place}"/>
      <escalation id="late" escalationCode="LATE"/>
      <escalation id="any"/>
      <error id="declined" errorCode="DECLINED" camunda:errorMessage="no money for ${what}"/>
      <error id="unnamed"/>
      """;

  private static ProcessGraph read(String content) {
    return Documents.read(
        Documents.document(
            ROOTS
                + "<process id='p' isExecutable='true'><startEvent id='s'/><task id='a'/>"
                + content
                + "</process>"));
  }

  private static EventDefinition definition(String kind, String content) {
    return read("<%1$s id='t'>%2$s</%1$s>".formatted(kind, content)).element("t").definition();
  }

  private static EventDefinition boundary(String content) {
    return read("<boundaryEvent id='t' attachedToRef='a'>%s</boundaryEvent>".formatted(content))
        .element("t")
        .definition();
  }

  @Test
  void signals() {
    assertThat(definition("intermediateCatchEvent", "<signalEventDefinition signalRef='alarm'/>"))
        .isEqualTo(new SignalDefinition("alarm"));
    SignalDefinition thrown =
        (SignalDefinition)
            definition(
                "endEvent",
                """
                <signalEventDefinition signalRef="computed" camunda:async="true"><extensionElements>
                  <camunda:in variables="all"/>
                  <camunda:in source="a" target="b"/>
                  <camunda:in sourceExpression="${a * 2}" target="c"/>
                </extensionElements></signalEventDefinition>
                """);
    assertThat(thrown.all()).isTrue();
    assertThat(thrown.name().evaluate(Map.of("place", "roof"), Instant.EPOCH))
        .isEqualTo("alarm-roof");
    assertThat(thrown.payload())
        .extracting(
            mapping ->
                mapping.target() + " " + mapping.source().evaluate(Map.of("a", 2L), Instant.EPOCH))
        .containsExactly("b 2", "c 4");
  }

  @Test
  void escalations() {
    assertThat(
            boundary(
                "<escalationEventDefinition escalationRef='late' camunda:escalationCodeVariable='v'/>"))
        .isEqualTo(new EventDefinition.EscalationCode("LATE", "v"));
    for (String any : List.of("", "escalationRef='any'")) {
      assertThat(boundary("<escalationEventDefinition %s/>".formatted(any)))
          .isEqualTo(new EventDefinition.EscalationCode(null, null));
    }
    assertThat(
            definition(
                "intermediateThrowEvent", "<escalationEventDefinition escalationRef='late'/>"))
        .isEqualTo(new EventDefinition.EscalationThrow(new Literal("LATE")));
  }

  @Test
  void errors() {
    assertThat(
            boundary(
                "<errorEventDefinition errorRef='declined' camunda:errorCodeVariable='c' camunda:errorMessageVariable='m'/>"))
        .isEqualTo(new EventDefinition.ErrorCode("DECLINED", "c", "m"));
    assertThat(boundary("<errorEventDefinition errorRef='unnamed'/>"))
        .isEqualTo(new EventDefinition.ErrorCode(null));
    EventDefinition.ErrorThrow thrown =
        (EventDefinition.ErrorThrow)
            definition("endEvent", "<errorEventDefinition errorRef='declined'/>");
    assertThat(thrown.code()).isEqualTo(new Literal("DECLINED"));
    assertThat(thrown.message().evaluate(Map.of("what", "tea"), Instant.EPOCH))
        .isEqualTo("no money for tea");
  }

  @Test
  void conditions() {
    ConditionDefinition classic =
        (ConditionDefinition)
            boundary(
                """
                <conditionalEventDefinition camunda:variableName="t" camunda:variableEvents="create, update">
                <condition>${t > 30}</condition></conditionalEventDefinition>
                """);
    assertThat(classic.variables()).isEqualTo(Set.of("t"));
    assertThat(classic.events()).isEqualTo(Set.of("create", "update"));
    assertThat(classic.holds(Map.of("t", 31L), Instant.EPOCH)).isTrue();
    assertThat(classic.holds(Map.of("t", 30L), Instant.EPOCH)).isFalse();
    assertThat(classic.holds(Map.of(), Instant.EPOCH)).isFalse();
    ConditionDefinition zeebe =
        (ConditionDefinition)
            boundary(
                """
                <conditionalEventDefinition><extensionElements>
                  <zeebe:conditionalFilter variableNames="t,u" variableEvents="update"/></extensionElements>
                <condition>=t > 30</condition></conditionalEventDefinition>
                """);
    assertThat(zeebe.variables()).isEqualTo(Set.of("t", "u"));
    assertThat(zeebe.events()).isEqualTo(Set.of("update"));
  }

  @Test
  void severalDefinitionsOfOneEvent() {
    MultipleDefinition any =
        (MultipleDefinition)
            boundary(
                "<signalEventDefinition signalRef='alarm'/><errorEventDefinition/><timerEventDefinition><timeDate>2030-01-01</timeDate></timerEventDefinition>");
    assertThat(any.parallel()).isFalse();
    assertThat(any.parts()).hasSize(3);
    MultipleDefinition all =
        (MultipleDefinition)
            read("""
                    <intermediateCatchEvent id="t" parallelMultiple="true">
                    <signalEventDefinition signalRef="alarm"/><signalEventDefinition signalRef="computed"/>
                    </intermediateCatchEvent>
                    """)
                .element("t")
                .definition();
    assertThat(all.parallel()).isTrue();
  }

  @Test
  void definitionsThatSeveralEventsReferTo() {
    ProcessGraph graph =
        Documents.read(
            Documents.document(
                ROOTS
                    + "<signalEventDefinition id='shared' signalRef='alarm'/>"
                    + "<process id='p' isExecutable='true'><intermediateCatchEvent id='t'><eventDefinitionRef>shared</eventDefinitionRef></intermediateCatchEvent>"
                    + "<intermediateCatchEvent id='u'><eventDefinitionRef>other:shared</eventDefinitionRef></intermediateCatchEvent></process>"));
    assertThat(graph.element("t").definition()).isEqualTo(new SignalDefinition("alarm"));
    assertThat(graph.element("u").definition()).isEqualTo(new SignalDefinition("alarm"));
    assertThat(
            Documents.problems(
                Documents.process(
                    "<intermediateCatchEvent id='t'><eventDefinitionRef>none</eventDefinitionRef></intermediateCatchEvent>")))
        .anySatisfy(
            problem ->
                assertThat(problem.message()).contains("there is no eventDefinition \"none\""));
  }

  @Test
  void aProcessBeginsWithSeveralMessagesOrNotAtAll() {
    String start =
        "<startEvent id='s' parallelMultiple='true'><messageEventDefinition messageRef='m1'/>%s</startEvent>";
    assertThat(
            Documents.read(
                    Documents.process(start.formatted("<messageEventDefinition messageRef='m2'/>")))
                .element("s")
                .definition()
                .parts())
        .hasSize(2);
    assertThat(
            Documents.problems(
                Documents.process(start.formatted("<signalEventDefinition signalRef='sig1'/>"))))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("messages alone"));
  }

  @Test
  void whatHasNoNameGoesByItsId() {
    ProcessGraph graph =
        Documents.read(
            Documents.document(
                "<message id='m'/><signal id='x'/><error id='e'/><escalation id='o'/>"
                    + "<process id='p' isExecutable='true'>"
                    + "<receiveTask id='a' messageRef='m'/>"
                    + "<endEvent id='b'><signalEventDefinition signalRef='x'/></endEvent>"
                    + "<endEvent id='c'><errorEventDefinition errorRef='e'/></endEvent>"
                    + "<endEvent id='d'><escalationEventDefinition escalationRef='o'/></endEvent>"
                    + "</process>"));
    assertThat(graph.element("a").definition()).isEqualTo(new EventDefinition.Message("m", null));
    assertThat(graph.element("b").definition()).isEqualTo(new SignalDefinition("x"));
    assertThat(graph.element("c").definition())
        .isEqualTo(new EventDefinition.ErrorThrow(new Literal("e"), null));
    assertThat(graph.element("d").definition())
        .isEqualTo(new EventDefinition.EscalationThrow(new Literal("o")));
  }

  @Test
  void whatJbpmRefersToAndDoesNotDeclareGoesByItsReference() {
    ProcessGraph graph =
        Documents.read(
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:tns="http://www.jboss.org/drools" targetNamespace="http://www.jboss.org/drools">
              <process id="p" isExecutable="true">
                <endEvent id="a"><signalEventDefinition signalRef="Yes"/></endEvent>
                <endEvent id="b"><errorEventDefinition errorRef="No"/></endEvent>
              </process>
            </definitions>
            """
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(graph.element("a").definition()).isEqualTo(new SignalDefinition("Yes"));
    assertThat(graph.element("b").definition())
        .isEqualTo(new EventDefinition.ErrorThrow(new Literal("No"), null));
  }

  @Test
  void aLinkIsAFlow() {
    ProcessGraph graph =
        read(
            """
            <intermediateThrowEvent id="t1"><linkEventDefinition name="there"/></intermediateThrowEvent>
            <intermediateThrowEvent id="t2"><linkEventDefinition name="there"><target>c</target></linkEventDefinition></intermediateThrowEvent>
            <intermediateCatchEvent id="c"><linkEventDefinition name=" there "/></intermediateCatchEvent>
            """);
    assertThat(graph.element("t1").node().outgoing()).extracting("target").containsExactly("c");
    assertThat(graph.element("t2").node().outgoing()).extracting("target").containsExactly("c");
    assertThat(graph.element("c").node().incoming()).containsExactly("t1", "t2");
  }

  @ParameterizedTest
  @CsvSource({
    "<timeCycle>R/PT1H</timeCycle>, CYCLE",
    "<timeCycle>0 0 9 * * ?</timeCycle>, CYCLE",
    "<timeCycle>=every</timeCycle>, CYCLE",
    "<timeCycle xmlns:flowable='http://flowable.org/bpmn' flowable:endDate='2031-02-25T16:42:11+00:00'>R3/PT10H</timeCycle>, CYCLE",
    "<timeDuration>${wait}</timeDuration>, DURATION",
    "<timeDate>2030-01-31T12:00:00.000+0000</timeDate>, DATE"
  })
  void timersAnywhere(String time, TimerDefinition.Type type) {
    for (EventDefinition definition :
        List.of(
            boundary("<timerEventDefinition>" + time + "</timerEventDefinition>"),
            definition(
                "intermediateCatchEvent",
                "<timerEventDefinition>" + time + "</timerEventDefinition>"))) {
      assertThat(((TimerDefinition) definition).type()).isEqualTo(type);
    }
  }

  @Test
  void whatBecomesOfMissedTimes() {
    String time = "<timeCycle>R/PT1H</timeCycle></timerEventDefinition>";
    assertThat(((TimerDefinition) boundary("<timerEventDefinition>" + time)).missed())
        .isEqualTo(TimerDefinition.Missed.ONCE);
    assertThat(
            ((TimerDefinition) boundary("<timerEventDefinition millrace:missed='skip'>" + time))
                .missed())
        .isEqualTo(TimerDefinition.Missed.SKIP);
    assertThat(
            ((TimerDefinition)
                    read("<boundaryEvent id='t' attachedToRef='a' millrace:missed='all'><timerEventDefinition>%s</boundaryEvent>"
                            .formatted(time))
                        .element("t")
                        .definition())
                .missed())
        .isEqualTo(TimerDefinition.Missed.ALL);
  }

  @Test
  void whatBeginsAnEventSubProcess() {
    for (String definition :
        List.of(
            "<compensateEventDefinition/>",
            "<errorEventDefinition/>",
            "<escalationEventDefinition/>",
            "<signalEventDefinition signalRef='alarm'/>",
            "<conditionalEventDefinition><condition>=x</condition></conditionalEventDefinition>",
            "<timerEventDefinition><timeCycle>R/PT1H</timeCycle></timerEventDefinition>")) {
      ProcessGraph graph =
          read(
              "<subProcess id='sub' triggeredByEvent='true'><startEvent id='t'>%s</startEvent></subProcess>"
                  .formatted(definition));
      assertThat(graph.starts("sub")).hasSize(1);
    }
    assertThat(read("<task id='b'/>").boundaries("a")).isEqualTo(List.<BoundaryEvent>of());
  }
}
