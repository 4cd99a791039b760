package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.it.KillPoint.AFTER_WORK;
import static org.millrace.it.KillPoint.LOCKED;
import static org.millrace.it.KillPoint.SENT;
import static org.millrace.it.KillPoint.STORED;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every bean of the engine, and stage beans of either kind. */
final class Victims {

  static final List<Victim> ALL =
      List.of(
          new Deploy(),
          new Start(),
          new Event(),
          new Signal(),
          new Outcome(),
          new Dead(),
          new Timer(),
          new Call(),
          new CallEnded(),
          new Stage("stage in the EAR", "matrix-own"),
          new Stage("stage beside it", "matrix-other"),
          new FailedAttempt());

  private static final List<String> AFTER = List.of("after");

  private Victims() {}

  /** The bean of a stage. */
  static Victim stage(String stage) {
    return new Stage(stage, stage);
  }

  /** A process that goes from its start through one element to the stage after it, and ends. */
  private static String model(String id, String element) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                 xmlns:millrace="http://millrace.org/schema/bpmn" targetNamespace="test">
      <message id="go" name="matrix-go"/>
      <signal id="all" name="matrix-all"/>
      <process id="%s" isExecutable="true">
        <startEvent id="start"/>
        <sequenceFlow id="to-it" sourceRef="start" targetRef="it"/>
        %s
        <sequenceFlow id="to-after" sourceRef="it" targetRef="after"/>
        <serviceTask id="after" millrace:stage="matrix-after"/>
        <sequenceFlow id="to-end" sourceRef="after" targetRef="end"/>
        <endEvent id="end"/>
      </process>
    </definitions>
    """
        .formatted(id, element);
  }

  private static String caught(String id, String definition) {
    return model(
        id, "<intermediateCatchEvent id=\"it\">" + definition + "</intermediateCatchEvent>");
  }

  private static String stage(String id, String stage) {
    return model(id, "<serviceTask id=\"it\" millrace:stage=\"" + stage + "\"/>");
  }

  private static List<String> each(Scene scene, String... states) {
    return scene.keys().stream()
        .flatMap(key -> Stream.of(states).map(state -> key + " " + state))
        .sorted()
        .toList();
  }

  private static final class Deploy extends Victim {

    Deploy() {
      super("deploy", "none", "millrace.deploy", LOCKED);
    }

    @Override
    List<String> models() {
      return List.of();
    }

    @Override
    void load(Scene scene) {
      for (String key : scene.keys()) {
        scene.send("admin", queue(), Map.of("name", key), Bpmn.empty(key), key);
      }
    }

    @Override
    void verify(Scene scene) {
      assertThat(scene.replies(scene.keys().size())).isEqualTo(each(scene, "deployed"));
      JsonNode all = scene.operator().get("definitions").ok();
      for (String key : scene.keys()) {
        assertThat(all.findValuesAsText("id").stream().filter(key::equals))
            .as("versions of " + key)
            .hasSize(1);
      }
    }
  }

  private static final class Start extends Victim {

    Start() {
      super("start", "matrix-start", "millrace.start", LOCKED);
    }

    @Override
    List<String> models() {
      return List.of(model(process(), "<task id=\"it\"/>"));
    }

    @Override
    void load(Scene scene) {
      for (String key : scene.keys()) {
        Map<String, Object> properties =
            Map.of("process", process(), "businessKey", key, "acknowledge", true);
        scene.send("client", queue(), properties, "{}", key);
      }
    }

    @Override
    void verify(Scene scene) {
      scene.keys().forEach(key -> verifyOnce(scene, key, AFTER));
      assertThat(scene.replies(2 * scene.keys().size()))
          .isEqualTo(each(scene, "running", "completed"));
    }
  }

  private static final class Event extends Victim {

    Event() {
      super("event", "matrix-event", "millrace.event");
    }

    @Override
    List<String> models() {
      return List.of(caught(process(), "<messageEventDefinition messageRef=\"go\"/>"));
    }

    @Override
    void prepare(Scene scene) {
      scene.start("{}");
    }

    @Override
    void load(Scene scene) {
      for (String key : scene.keys()) {
        Map<String, Object> properties = Map.of("message", "matrix-go", "businessKey", key);
        scene.send("client", queue(), properties, "{}", key);
      }
    }

    @Override
    void verify(Scene scene) {
      scene.keys().forEach(key -> verifyOnce(scene, key, AFTER));
      assertThat(scene.replies(scene.keys().size())).isEqualTo(each(scene, "delivered"));
    }
  }

  /** It tells each instance by a message of its own, and changes none. */
  private static final class Signal extends Victim {

    Signal() {
      super("signal", "matrix-signal", "millrace.signal", LOCKED, STORED);
    }

    @Override
    List<String> models() {
      return List.of(caught(process(), "<signalEventDefinition signalRef=\"all\"/>"));
    }

    @Override
    void prepare(Scene scene) {
      scene.start("{}");
    }

    @Override
    void load(Scene scene) {
      scene.send("client", queue(), Map.of("signal", "matrix-all"), "{}", null);
    }

    @Override
    void verify(Scene scene) {
      scene.keys().forEach(key -> verifyOnce(scene, key, AFTER));
    }
  }

  private static final class Outcome extends Victim {

    Outcome() {
      super("outcome", "matrix-outcome", "millrace.outcome");
    }

    @Override
    List<String> models() {
      return List.of(stage(process(), "matrix-remote"));
    }

    @Override
    void prepare(Scene scene) {
      scene.start("{}");
    }

    @Override
    void load(Scene scene) {
      for (String work : scene.takeWork("matrix-remote")) {
        Map<String, Object> properties = Map.of("workId", work, "outcome", "done");
        scene.send("worker", queue(), properties, "{}", null);
      }
    }

    @Override
    void verify(Scene scene) {
      scene.keys().forEach(key -> verifyOnce(scene, key, AFTER));
    }
  }

  /** It makes an incident and sends nothing. */
  private static final class Dead extends Victim {

    Dead() {
      super("dead", "matrix-dead", "millrace.dead", SENT);
    }

    @Override
    List<String> models() {
      return List.of(stage(process(), "matrix-nobody"));
    }

    @Override
    void prepare(Scene scene) {
      scene.start("{}");
      scene.awaitQueued("millrace.stage.matrix-nobody");
    }

    @Override
    void load(Scene scene) {
      scene.probe().giveUp("millrace.stage.matrix-nobody");
    }

    @Override
    void verify(Scene scene) {
      for (String key : scene.keys()) {
        incident(scene, key);
        String wait = scene.operator().awaitWait(scene.one(key), "it").get("id").asText();
        scene.operator().post("waits/" + wait + "/trigger", "{\"outcome\":\"done\"}").ok();
        verifyOnce(scene, key, AFTER);
      }
    }
  }

  private static final class Timer extends Victim {

    Timer() {
      super("timer", "matrix-timer", "millrace.timer");
    }

    @Override
    String mark() {
      return "$1.getStringProperty(\"waitId\") != null";
    }

    @Override
    List<String> models() {
      return List.of(
          caught(
              process(),
              "<timerEventDefinition><timeDuration>PT0.1S</timeDuration></timerEventDefinition>"));
    }

    @Override
    void load(Scene scene) {
      scene.start("{}");
    }

    @Override
    void verify(Scene scene) {
      scene.keys().forEach(key -> verifyOnce(scene, key, AFTER));
    }
  }

  private static final class Call extends Victim {

    Call() {
      super("call", "matrix-call", "millrace.call");
    }

    @Override
    String mark() {
      return "\"start\".equals($1.getStringProperty(\"call\"))";
    }

    @Override
    List<String> models() {
      return List.of(
          model("matrix-called", "<task id=\"it\"/>"),
          model(process(), "<callActivity id=\"it\" calledElement=\"matrix-called\"/>"));
    }

    @Override
    void load(Scene scene) {
      scene.start("{}");
    }

    @Override
    void verify(Scene scene) {
      for (String key : scene.keys()) {
        verifyOnce(scene, key, AFTER);
        JsonNode called = scene.operator().get("instances/" + scene.one(key) + "/called").ok();
        assertThat(called).as("called by " + key).hasSize(1);
        assertThat(scene.ledger(called.get(0).asText())).isEqualTo(AFTER);
      }
    }
  }

  /** The called instance's end comes back to its caller. */
  private static final class CallEnded extends Victim {

    CallEnded() {
      super("call's end", "matrix-call-end", "millrace.call");
    }

    @Override
    String mark() {
      return "\"ended\".equals($1.getStringProperty(\"call\"))";
    }

    @Override
    List<String> models() {
      return List.of(
          Bpmn.process(
              "matrix-ending", "<serviceTask id=\"step\" millrace:stage=\"matrix-ending\"/>"),
          model(process(), "<callActivity id=\"it\" calledElement=\"matrix-ending\"/>"));
    }

    @Override
    void prepare(Scene scene) {
      scene.start("{}");
      scene.takeWork("matrix-ending");
    }

    @Override
    void load(Scene scene) {
      for (String key : scene.keys()) {
        String wait = scene.operator().awaitWait(scene.one(key), "step").get("id").asText();
        scene.operator().post("waits/" + wait + "/trigger", "{\"outcome\":\"done\"}").ok();
      }
    }

    @Override
    void verify(Scene scene) {
      scene.keys().forEach(key -> verifyOnce(scene, key, AFTER));
    }
  }

  private static class Stage extends Victim {

    Stage(String name, String stage, KillPoint... never) {
      super(name, stage, "millrace.stage." + stage, never);
    }

    @Override
    boolean hasAuthor(KillPoint point) {
      return true;
    }

    @Override
    List<String> models() {
      return List.of(stage(process(), process()));
    }

    @Override
    void load(Scene scene) {
      scene.start("{}");
    }

    @Override
    void verify(Scene scene) {
      scene.keys().forEach(key -> verifyOnce(scene, key, List.of("it", "after")));
    }
  }

  /** The author's work fails: a second transaction puts that on record, and this one is killed. */
  private static final class FailedAttempt extends Stage {

    FailedAttempt() {
      super("failed attempt", "matrix-failing");
    }

    @Override
    boolean hasAuthor(KillPoint point) {
      return point != AFTER_WORK;
    }

    @Override
    List<String> models() {
      return List.of(
          model(
              process(),
              "<serviceTask id=\"it\" millrace:stage=\"matrix-failing\" millrace:retries=\"2\""
                  + " millrace:backoff=\"PT0.1S\"/>"));
    }

    @Override
    void load(Scene scene) {
      scene.start("{\"fail\":true}");
    }

    @Override
    void verify(Scene scene) {
      for (String key : scene.keys()) {
        JsonNode incident = incident(scene, key);
        assertThat(incident.get("attempts").asInt()).isEqualTo(2);
        String id = scene.one(key);
        scene.operator().put("instances/" + id + "/variables", "{\"fail\":false}").ok();
        scene.operator().post("incidents/" + incident.get("id").asText() + "/retry").ok();
      }
      scene.keys().forEach(key -> verifyOnce(scene, key, List.of("it", "after")));
    }
  }
}
