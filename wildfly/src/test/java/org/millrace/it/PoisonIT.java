package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that do harm: what becomes of them, and of the others. */
class PoisonIT {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int BACKLOG = 200;

  private static final String TWO_MESSAGES =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="test">
        <message id="go" name="poison-go"/>
        <process id="poison-two" isExecutable="true">
          <startEvent id="start"/>
          <sequenceFlow id="a" sourceRef="start" targetRef="one"/>
          <receiveTask id="one" messageRef="go"/>
          <sequenceFlow id="b" sourceRef="one" targetRef="two"/>
          <receiveTask id="two" messageRef="go"/>
          <sequenceFlow id="c" sourceRef="two" targetRef="end"/>
          <endEvent id="end"/>
        </process>
      </definitions>
      """;

  /**
   * Once the server has ended over an attempt, its failure goes on record while the message is
   * there again and has been seen to be awaited: the tightest order of all that may come.
   */
  private static final String DELIVERED_AGAIN =
      """
      RULE a failure is to go on record
      CLASS org.millrace.messaging.Attempts
      METHOD failed
      AT ENTRY
      IF true
      DO waitFor("again", 60000)
      ENDRULE
      RULE a failure is all but on record
      CLASS org.millrace.messaging.Attempts
      METHOD failed
      AT EXIT
      IF true
      DO signalWake("recorded", true)
      ENDRULE
      RULE an attempt is begun
      CLASS org.millrace.messaging.Crashes
      METHOD begin(org.millrace.messaging.WorkMessage)
      AT ENTRY
      IF incrementCounter("begun") == 2
      DO signalWake("again", true), waitFor("recorded", 60000)
      ENDRULE
      """;

  @TempDir static Path directory;

  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.named("poison", Map.of());
    Probe.deployTo(server);
    Rows.deployTo(server);
    StageBeans.deployTo(
        server,
        "poison.jar",
        KillerStage.class,
        DeployingStage.class,
        DeployingBean.class,
        Bpmn.class);
    Path rules = Files.writeString(directory.resolve("rules.btm"), DELIVERED_AGAIN);
    server.withJava(Agent.onFreePort().option(rules)).start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String start(String process) {
    return new Operations(server, "admin")
        .post(
            "instances",
            "{\"process\":\"%s\",\"businessKey\":\"%s\"}"
                .formatted(process, process + System.nanoTime()))
        .ok()
        .get("id")
        .asText();
  }

  /** Two attempts; the broker forgets the first of them, since it cannot know that it was one. */
  @Test
  @Tag("crash")
  void givenWorkThatEndsTheServerEachTime_whenItIsStartedAgain_thenThereIsAnIncident() {
    new Operations(server, "admin")
        .deploy(
            Bpmn.process(
                "poison-killer",
                "<serviceTask id=\"step\" millrace:stage=\"poison-killer\""
                    + " millrace:retries=\"2\" millrace:backoff=\"PT0.1S\"/>"))
        .ok();
    String id = start("poison-killer");

    int deaths = 0;
    while (!incidentOrEnd(server, id)) {
      assertThat(server.awaitEnd(PATIENCE)).isEqualTo(KillerStage.STATUS);
      deaths++;
      assertThat(deaths).isLessThanOrEqualTo(3);
      server.launch();
    }

    assertThat(deaths).isEqualTo(3);
    JsonNode incident = new Operations(server, "admin").awaitIncident(id);
    assertThat(incident.get("attempts").asInt()).isEqualTo(2);
    assertThat(incident.get("message").asText()).contains("the server ended in the middle");
  }

  @Test
  void givenABacklogFromBeforeAKill_thenFewTransactionsDoIt() {
    Operations operator = new Operations(server, "operator");
    new Operations(server, "admin")
        .deploy(
            Bpmn.process(
                "old-work", "<serviceTask id=\"step\" millrace:stage=\"charge-payment\"/>"))
        .ok();
    operator.post("stages/charge-payment/pause").ok();
    for (int i = 0; i < BACKLOG; i++) {
      GroupIT.start(
          operator, "old-work", Order.plain().json().replaceFirst("}$", ",\"total\":20}"));
    }

    server.kill();
    server.start();
    long commits = GroupIT.commits(server);
    operator.post("stages/charge-payment/resume").ok();
    int looks = GroupIT.awaitTotal(operator, "process=old-work&state=completed", BACKLOG);
    long taken = GroupIT.commits(server) - commits - looks;

    // One by one there would be two for each: it is begun in one, and done in another.
    assertThat(taken).as("transactions for %d stages", BACKLOG).isLessThan(BACKLOG);
    assertThat(new Rows(server).number("select count(*) from millrace_begun")).isZero();
  }

  /** Waits until either is there; true for the incident. */
  static boolean incidentOrEnd(TestServer server, String instance) {
    await()
        .atMost(PATIENCE)
        .until(() -> !server.isRunning() || (server.isReady() && hasIncident(server, instance)));
    return server.isRunning();
  }

  private static boolean hasIncident(TestServer server, String instance) {
    try {
      return !new Operations(server, "admin").instance(instance).get("incidents").isEmpty();
    } catch (UncheckedIOException e) {
      return false; // It has just ended.
    }
  }

  @Test
  void givenWorkThatCommitsSomethingByItself_whenItFails_thenWhatWasCommittedGoesOn() {
    Operations admin = new Operations(server, "admin");
    admin
        .deploy(
            Bpmn.process(
                "poison-deploying",
                "<serviceTask id=\"step\" millrace:stage=\"poison-deploying\""
                    + " millrace:retries=\"1\"/>"))
        .ok();

    admin.awaitIncident(start("poison-deploying"));

    GroupIT.awaitTotal(admin, "process=" + DeployingBean.PROCESS, 1);
  }

  @Test
  void givenAnEventThatCannotBeServed_thenOthersPassAndItsFollowersWaitBehindIt() {
    Operations operator = new Operations(server, "admin");
    operator.deploy(TWO_MESSAGES).ok();
    String stuck = start("poison-two");
    String other = start("poison-two");
    operator.awaitWait(stuck, "one");
    operator.awaitWait(other, "one");
    new Probe(server).lock(stuck);
    try (WireClient wire = Wire.JMS.connect(server, "client")) {
      for (String instance : new String[] {stuck, other}) {
        for (int i = 1; i <= 2; i++) {
          Map<String, Object> properties = Map.of("message", "poison-go", "instanceId", instance);
          wire.send(
              "millrace.event", new WireClient.Outgoing("{\"last\":%d}".formatted(i), properties));
        }
      }

      JsonNode passed = operator.awaitState(other, "completed");
      assertThat(passed.get("variables").get("last").asInt()).isEqualTo(2);
      assertThat(operator.instance(stuck).get("state").asText()).isEqualTo("running");
    } finally {
      new Probe(server).unlock();
    }

    JsonNode late = operator.awaitState(stuck, "completed");
    assertThat(late.get("variables").get("last").asInt()).isEqualTo(2);
  }
}
