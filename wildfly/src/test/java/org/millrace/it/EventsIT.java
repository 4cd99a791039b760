package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Signals and timers that reach whoever waits for them, through the real queues. */
class EventsIT {

  private final String process = Bpmn.newId();
  private final String signal = "signal-" + process;

  /** The signal is declared behind the process: roots come in any order. */
  private String withSignal(String xml) {
    return xml.replace(
        "</definitions>", "<signal id=\"s\" name=\"%s\"/></definitions>".formatted(signal));
  }

  private String waiting() {
    return withSignal(
        Bpmn.process(
            process,
            """
            <intermediateCatchEvent id="step"><signalEventDefinition signalRef="s"/></intermediateCatchEvent>
            """));
  }

  private static String start(Operations operator, String process) {
    return operator
        .post("instances", "{\"process\":\"%s\"}".formatted(process))
        .ok()
        .get("id")
        .asText();
  }

  @Test
  void givenInstancesThatWait_whenASignalIsSentOverHttpOrStomp_thenItReachesAll(TestServer server) {
    new Operations(server, "admin").deploy(waiting()).ok();
    Operations operator = new Operations(server, "operator");
    List<String> first = Stream.generate(() -> start(operator, process)).limit(5).toList();
    JsonNode wait = operator.awaitWait(first.get(0), "step");
    assertThat(wait.get("kind").asText()).isEqualTo("signal");
    assertThat(wait.get("name").asText()).isEqualTo(signal);

    operator
        .post("signals", "{\"signal\":\"%s\",\"variables\":{\"by\":\"http\"}}".formatted(signal))
        .ok();
    for (String id : first) {
      assertThat(operator.awaitState(id, "completed").get("variables").get("by").asText())
          .isEqualTo("http");
    }

    String second = start(operator, process);
    WireClient client = Wire.STOMP.connect(server, "client");
    client.send(
        "millrace.signal",
        new WireClient.Outgoing("{\"by\":\"stomp\"}", Map.of("signal", signal), null, null));
    client.close();
    assertThat(operator.awaitState(second, "completed").get("variables").get("by").asText())
        .isEqualTo("stomp");
  }

  @Test
  void givenOneThatThrows_whenItEnds_thenOthersHearItAndAProcessBegins(TestServer server) {
    Operations admin = new Operations(server, "admin");
    Operations operator = new Operations(server, "operator");
    admin.deploy(waiting()).ok();
    String begun = Bpmn.newId();
    admin
        .deploy(
            withSignal(Bpmn.process(begun, "<userTask id=\"step\"/>"))
                .replace(
                    "<startEvent id=\"start\"/>",
                    "<startEvent id=\"start\"><signalEventDefinition signalRef=\"s\"/></startEvent>"))
        .ok();
    String thrower = Bpmn.newId();
    admin
        .deploy(
            withSignal(
                Bpmn.process(
                    thrower,
                    """
                    <intermediateThrowEvent id="step"><signalEventDefinition signalRef="s"/></intermediateThrowEvent>
                    """)))
        .ok();
    String waiting = start(operator, process);

    String id = start(operator, thrower);

    operator.awaitState(id, "completed");
    operator.awaitState(waiting, "completed");
    await()
        .atMost(Operations.PATIENCE)
        .until(() -> operator.get("instances?process=" + begun).ok().get("total").asInt() == 1);
  }

  @Test
  void givenATimerStart_whenItIsDue_thenOneInstanceBeginsEachTime(TestServer server) {
    new Operations(server, "admin")
        .deploy(
            Bpmn.process(process, "<userTask id=\"step\"/>")
                .replace(
                    "<startEvent id=\"start\"/>",
                    """
                    <startEvent id="start"><timerEventDefinition>
                      <timeCycle>R2/PT1S</timeCycle></timerEventDefinition></startEvent>
                    """))
        .ok();
    Operations operator = new Operations(server, "operator");
    await()
        .atMost(Operations.PATIENCE)
        .until(() -> operator.get("instances?process=" + process).ok().get("total").asInt() == 2);
  }
}
