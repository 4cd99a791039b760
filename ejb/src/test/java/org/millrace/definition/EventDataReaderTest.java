package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.SignalDefinition;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.graph.Mappings;

/** How events say what they bring in and let out. */
class EventDataReaderTest {

  private static Element read(String kind, String content) {
    return Documents.read(
            Documents.document(
                """
                <message id="m" name="m"/><signal id="alarm" name="alarm"/>
                <process id="p" isExecutable="true"><startEvent id="s"/><task id="a"/>
                <dataObject id="d" name="order"/>
                <%1$s id="t" %2$s>%3$s</%1$s></process>
                """
                    .formatted(
                        kind, kind.equals("boundaryEvent") ? "attachedToRef='a'" : "", content)))
        .element("t");
  }

  private static List<String> words(List<Mapping> mappings) {
    return mappings.stream()
        .map(mapping -> mapping.target() + " <- " + mapping.source().source())
        .toList();
  }

  @Test
  void mappingsOfCamunda8OnEveryEvent() {
    String mapping =
        "<extensionElements><zeebe:ioMapping><zeebe:input source='=x' target='y'/><zeebe:output source='=a' target='b'/></zeebe:ioMapping></extensionElements>";
    String message = "<messageEventDefinition messageRef='m'/>";
    for (String kind :
        List.of("intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent", "endEvent")) {
      Mappings mappings = read(kind, mapping + message).mappings();
      assertThat(words(mappings.inputs())).containsExactly("y <- =x");
      assertThat(words(mappings.outputs())).containsExactly("b <- =a");
      assertThat(mappings.keepsIn()).isTrue();
    }
    assertThat(read("startEvent", mapping + message).mappings().keepsIn()).isTrue();
    assertThat(read("endEvent", mapping).mappings().isEmpty()).isFalse();
  }

  @Test
  void parametersOfCamunda7LetTheRestOutToo() {
    Mappings mappings =
        read(
                "intermediateCatchEvent",
                "<extensionElements><camunda:inputOutput><camunda:outputParameter name='b'>${a}</camunda:outputParameter></camunda:inputOutput></extensionElements><messageEventDefinition messageRef='m'/>")
            .mappings();
    assertThat(words(mappings.outputs())).containsExactly("b <- ${a}");
    assertThat(mappings.keepsIn()).isFalse();
  }

  @Test
  void theOneThingThatAnEventBringsIsItsDataOutput() {
    Mappings mappings =
        read(
                "intermediateCatchEvent",
                """
                <dataOutput id="o" name="event"/>
                <dataOutputAssociation><sourceRef>o</sourceRef><targetRef>d</targetRef></dataOutputAssociation>
                <outputSet><dataOutputRefs>o</dataOutputRefs></outputSet>
                <messageEventDefinition messageRef="m"/>
                """)
            .mappings();
    assertThat(words(mappings.outputs())).containsExactly("order <- event");
    assertThat(mappings.named(Map.of("x", 1L))).isEqualTo(Map.of("event", 1L));
    assertThat(mappings.named(Map.of("x", 1L, "event", 2L)))
        .isEqualTo(Map.of("x", 1L, "event", 2L));
    assertThat(mappings.named(Map.of())).isEmpty();
  }

  @Test
  void whatASignalTakesAlongIsTheDataInputOfItsEvent() {
    Element thrown =
        read(
            "intermediateThrowEvent",
            """
            <dataInput id="i" name="event"/>
            <dataInputAssociation><sourceRef>d</sourceRef><targetRef>i</targetRef></dataInputAssociation>
            <inputSet><dataInputRefs>i</dataInputRefs></inputSet>
            <signalEventDefinition signalRef="alarm"/>
            """);
    assertThat(words(thrown.mappings().inputs())).containsExactly("event <- order");
    assertThat(words(((SignalDefinition) thrown.definition()).payload()))
        .containsExactly("event <- event");
  }

  @Test
  void withASignalOfCamunda7GoesWhatItsDefinitionSays() {
    Element thrown =
        read(
            "endEvent",
            "<extensionElements><camunda:inputOutput><camunda:inputParameter name='b'>1</camunda:inputParameter></camunda:inputOutput></extensionElements><signalEventDefinition signalRef='alarm'><extensionElements><camunda:in source='b' target='c'/></extensionElements></signalEventDefinition>");
    assertThat(words(((SignalDefinition) thrown.definition()).payload())).containsExactly("c <- b");
  }

  @Test
  void whatIsNotUnderstoodOfASignalsPayloadIsRefused() {
    for (String in :
        List.of(
            "target='a'",
            "source='a'",
            "variables='some'",
            "businessKey='${k}'",
            "source='a' target='b' more='c'")) {
      DeploymentRefused refused =
          org.junit.jupiter.api.Assertions.assertThrows(
              DeploymentRefused.class,
              () ->
                  read(
                      "endEvent",
                      "<signalEventDefinition signalRef='alarm'><extensionElements><camunda:in %s/></extensionElements></signalEventDefinition>"
                          .formatted(in)));
      assertThat(refused.problems()).isNotEmpty();
    }
  }

  @Test
  void theFieldsOfAMessageSentByADelegate() {
    Mappings mappings =
        read(
                "endEvent",
                "<messageEventDefinition camunda:class='a.Mail'><extensionElements><camunda:field name='to' stringValue='x'/></extensionElements></messageEventDefinition>")
            .mappings();
    assertThat(mappings.inputs())
        .singleElement()
        .satisfies(
            input ->
                assertThat(input.source().evaluate(Map.of(), Instant.EPOCH))
                    .isEqualTo(Map.of("to", "x")));
  }
}
