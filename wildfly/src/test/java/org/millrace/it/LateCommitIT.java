package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.it.WireClient.Outgoing;

/**
 * The broker's branch of a transaction commits before the database's: a client can have its reply
 * while the database does not show yet what it reports. Here that lasts a second each time.
 */
class LateCommitIT {

  private static final String LATE =
      """
      RULE the database commits late
      CLASS org.h2.jdbcx.JdbcXAConnection
      METHOD commit
      AT ENTRY
      IF true
      DO delay(%d)
      ENDRULE
      """;

  /** In the middle of what a bean of the engine does. */
  private static final String HALT =
      """
      RULE a message is being served
      CLASS org.millrace.messaging.%s
      METHOD serve
      AT EXIT
      IF true
      DO flag(Thread.currentThread())
      ENDRULE
      RULE the database does not commit it
      CLASS org.h2.jdbcx.JdbcXAConnection
      METHOD commit
      AT ENTRY
      IF flagged(Thread.currentThread())
      DO killJVM(%d)
      ENDRULE
      """;

  /** Its first passes do nothing: longer than H2 waits for a lock as a rule. */
  private static final String LATE_RECOVERY =
      """
      RULE recovery is late
      CLASS com.arjuna.ats.internal.arjuna.recovery.PeriodicRecovery
      METHOD doWorkInternal
      AT ENTRY
      IF incrementCounter("passes") < 5
      DO RETURN
      ENDRULE
      """;

  /** The first message that a bean serves; as if the database ended there, for this one. */
  private static final String LOST =
      """
      RULE %1$s serves its first message
      CLASS org.millrace.messaging.%1$s
      METHOD serve
      AT EXIT
      IF flag("%1$s")
      DO flag(Thread.currentThread())
      ENDRULE
      RULE the database does not hear the commit of %1$s
      CLASS org.postgresql.xa.PGXAConnection
      METHOD commit
      AT ENTRY
      IF clear(Thread.currentThread())
      DO throw new javax.transaction.xa.XAException(
          javax.transaction.xa.XAException.XAER_RMFAIL)
      ENDRULE
      """;

  private static final Map<String, Object> IN_DOUBT =
      Map.of("message", "late-in-doubt", "businessKey", "k");

  @TempDir static Path directory;

  /** Longer than two looks at the queues. */
  private static final String SLOW_REPLY =
      """
      RULE a reply takes long
      CLASS org.millrace.messaging.JmsDispatcher
      METHOD reply(org.millrace.execution.ReplyStore$ReplyTo, java.util.Map, Object)
      AT EXIT
      IF true
      DO delay(25000), System.out.println("the reply goes on")
      ENDRULE
      """;

  private static String forMessage(String process, String message) {
    return waiting(
        process,
        "<messageEventDefinition messageRef=\"m\"/>",
        "<message id=\"m\" name=\"%s\"/>".formatted(message));
  }

  private static String waiting(String process, String definition, String root) {
    return Bpmn.process(
            process,
            "<intermediateCatchEvent id=\"step\">" + definition + "</intermediateCatchEvent>")
        .replace("</definitions>", root + "</definitions>");
  }

  @Test
  void givenAReplyBeforeTheDatabaseHasCommitted_whenTheClientGoesOn_thenNothingIsMissed()
      throws Exception {
    try (TestServer server = TestServer.named("late-commit", Map.of())) {
      Agent agent = Agent.in(server);
      server.start();
      Operations admin = new Operations(server, "admin");
      admin.deploy(forMessage("for-message", "late")).ok();
      admin
          .deploy(
              waiting(
                  "for-signal",
                  "<signalEventDefinition signalRef=\"s\"/>",
                  "<signal id=\"s\" name=\"late\"/>"))
          .ok();
      agent.submit("late", LATE.formatted(1000));
      Operations operator = new Operations(server, "operator");
      try (Requester client = new Requester(Wire.STOMP, server, "admin")) {
        String deployed = client.send("millrace.deploy", Map.of(), Bpmn.empty("deployed-late"));
        assertThat(client.reply(deployed).properties()).containsEntry("state", "deployed");
        String start = client.send("millrace.start", Map.of("process", "deployed-late"), "{}");
        assertThat(client.reply(start).properties()).containsEntry("state", "completed");
      }
      String first = start(server, "for-message", "k1");
      try (Requester client = new Requester(Wire.STOMP, server, "client")) {
        String event =
            client.send("millrace.event", Map.of("message", "late", "businessKey", "k1"), "{}");
        assertThat(client.reply(event).properties()).containsEntry("state", "delivered");
      }

      String second = start(server, "for-message", "k2");
      assertThat(operator.instance(second).get("state").asText()).isEqualTo("running");

      String third = start(server, "for-message", "k3");
      assertThat(
              operator
                  .post("events", "{\"message\":\"late\",\"businessKey\":\"k3\"}")
                  .ok()
                  .get("state")
                  .asText())
          .isEqualTo("delivered");

      String fourth = start(server, "for-signal", "k4");
      operator.post("signals", "{\"signal\":\"late\"}").ok();

      operator.awaitState(fourth, "completed");
      for (String id : List.of(first, third)) {
        assertThat(operator.instance(id).get("state").asText()).isEqualTo("completed");
      }
    }
  }

  /** Later than it is looked at for the first time. */
  @Test
  void givenAMessageThatIsKeptWhileItsWaitOpens_whenTheDatabaseCommitsBothLate_thenTheyMeet()
      throws Exception {
    try (TestServer server = TestServer.named("late-kept", Map.of())) {
      Agent agent = Agent.in(server);
      server.start();
      new Operations(server, "admin").deploy(forMessage("for-kept", "late")).ok();
      agent.submit("late", LATE.formatted(3000));
      try (Requester client = new Requester(Wire.STOMP, server, "client")) {
        keep(client, "late", "k");
      }

      String id = start(server, "for-kept", "k");

      new Operations(server, "operator").awaitState(id, "completed");
    }
  }

  /**
   * The broker has the note to look at it again, and the server ends before the database commits.
   */
  @Test
  @Tag("crash")
  void givenAKeptMessageThatACrashHasLeftInDoubt_whenItIsSettled_thenItsWaitHasIt()
      throws Exception {
    try (TestServer server = TestServer.named("kept-in-doubt", Map.of())) {
      Agent agent = Agent.onFreePort();
      Path rules = directory.resolve("kept-in-doubt.btm");
      crash(
          server,
          agent,
          rules,
          "EventEndpoint",
          new Outgoing(
              "{}", Map.of("message", "late-in-doubt", "businessKey", "k", "timeToLive", 600_000L)),
          "millrace.event",
          Agent.HELD_RECOVERY);
      String id = start(server, "in-doubt", "k");

      agent.delete(rules);

      new Operations(server, "operator").awaitState(id, "completed");
    }
  }

  /** What deploys a process of its own when it starts, as the order example, waits for it. */
  @Test
  @Tag("crash")
  void givenADeploymentThatACrashHasLeftInDoubt_whenItIsStarted_thenItRuns() throws Exception {
    try (TestServer server = TestServer.named("deployed-in-doubt", Map.of())) {
      Agent agent = Agent.onFreePort();
      Path rules = directory.resolve("deployed-in-doubt.btm");
      crash(
          server,
          agent,
          rules,
          "DeployEndpoint",
          new Outgoing(Bpmn.empty("deployed-in-doubt"), Map.of()),
          "millrace.deploy",
          LATE_RECOVERY);

      try (Requester client = new Requester(Wire.STOMP, server, "client")) {
        String start = client.send("millrace.start", Map.of("process", "deployed-in-doubt"), "{}");
        assertThat(client.reply(start).properties()).containsEntry("state", "completed");
      }
    }
  }

  /** Its reply has gone out, and the server ends before the database commits. */
  @Test
  void givenAWaitThatACrashHasLeftInDoubt_whenItsEventComes_thenItIsDelivered() throws Exception {
    try (TestServer server = TestServer.named("aftermath", Map.of())) {
      Agent agent = Agent.onFreePort();
      Path rules = directory.resolve("aftermath.btm");
      crashWithAnInstanceInDoubt(server, agent, rules);

      try (Requester client = new Requester(Wire.STOMP, server, "client")) {
        String event = client.send("millrace.event", IN_DOUBT, "{}");
        agent.delete(rules);
        assertThat(client.reply(event).properties()).containsEntry("state", "delivered");
      }
    }
  }

  /** The server goes on: nobody has reason to be careful, as after a start. */
  @Test
  void givenADatabaseThatEndsBetweenTheTwoCommits_whenRecoveryHasSettledThem_thenNothingIsMissed()
      throws Exception {
    try (Postgres postgres = Postgres.start("lost-commit-database");
        TestServer server = TestServer.named("lost-commit", postgres.properties())) {
      Agent agent = Agent.onFreePort();
      Path rules = Files.writeString(directory.resolve("lost-commit.btm"), Agent.HELD_RECOVERY);
      server.withJava(agent.option(rules)).start();
      new Operations(server, "admin").deploy(forMessage("in-doubt", "late-in-doubt")).ok();
      agent.submit("lost", LOST.formatted("StartEndpoint") + LOST.formatted("EventEndpoint"));
      try (Requester client = new Requester(Wire.STOMP, server, "client")) {
        keep(client, "late-in-doubt", "kept");
        String inDoubt = start(server, "in-doubt", "k");
        String waiting = start(server, "in-doubt", "kept");
        String event = client.send("millrace.event", IN_DOUBT, "{}");
        await()
            .atMost(Operations.PATIENCE)
            .until(() -> server.logText().split("a crash has left", -1).length == 3);
        assertThat(postgres.prepared()).hasSize(2);

        agent.delete(rules);

        assertThat(client.reply(event).properties()).containsEntry("state", "delivered");
        Operations operator = new Operations(server, "operator");
        operator.awaitState(inDoubt, "completed");
        operator.awaitState(waiting, "completed");
      }
    }
  }

  /** So often that an event in the middle of which the server ends each time would be refused. */
  @Test
  @Tag("crash")
  void givenAnEventThatWaitsForTheRecovery_whenTheServerEndsAgainAndAgain_thenItIsNoneOfItsDoing()
      throws Exception {
    try (TestServer server = TestServer.named("aftermath-again", Map.of())) {
      Agent agent = Agent.onFreePort();
      Path rules = directory.resolve("aftermath-again.btm");
      crashWithAnInstanceInDoubt(server, agent, rules);
      try (WireClient client = Wire.JMS.connect(server, "client")) {
        client.send("millrace.event", new Outgoing("{}", IN_DOUBT));
      }
      for (int times = 1; times <= 5; times++) {
        int waits = times;
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> server.logText().split("a crash has left", -1).length > waits);
        server.kill();
        server.start();
      }

      agent.delete(rules);

      Operations operator = new Operations(server, "operator");
      await()
          .atMost(Operations.PATIENCE)
          .until(
              () -> operator.get("instances?process=in-doubt&state=completed").ok(),
              completed -> completed.get("total").asInt() == 1);
    }
  }

  private static void crashWithAnInstanceInDoubt(TestServer server, Agent agent, Path rules)
      throws IOException {
    crash(
        server,
        agent,
        rules,
        "StartEndpoint",
        new Outgoing("{}", Map.of("process", "in-doubt", "businessKey", "k")),
        "millrace.start",
        Agent.HELD_RECOVERY);
  }

  /** The server ends while a bean's transaction is committed, and starts again with other rules. */
  private static void crash(
      TestServer server,
      Agent agent,
      Path rules,
      String bean,
      Outgoing message,
      String queue,
      String afterwards)
      throws IOException {
    Files.writeString(rules, HALT.formatted(bean, Agent.HALTED));
    server.withJava(agent.option(rules)).start();
    new Operations(server, "admin").deploy(forMessage("in-doubt", "late-in-doubt")).ok();
    try (WireClient client = Wire.JMS.connect(server, "admin")) {
      client.send(queue, message);
    }
    assertThat(server.awaitEnd(Duration.ofMinutes(1))).isEqualTo(Agent.HALTED);
    Files.writeString(rules, afterwards);
    server.start();
  }

  /** Nobody consumes, so it is removed after 20 s: but not while its next reply is on its way. */
  @Test
  @Tag("crash") // For the time that it takes.
  void givenAReplyThatTakesLong_whenItsQueueLiesEmptyMeanwhile_thenItIsThereStill()
      throws Exception {
    try (TestServer server = TestServer.named("late-reply", Map.of())) {
      Agent agent = Agent.in(server);
      server.start();
      new Operations(server, "admin").deploy(Bpmn.empty("late-reply")).ok();
      String queue = "millrace.reply." + UUID.randomUUID();
      try (WireClient before = Wire.JMS.connect(server, "client")) {
        before.consume(queue);
      }
      agent.submit("slow", SLOW_REPLY);
      try (WireClient client = Wire.JMS.connect(server, "client")) {
        client.send(
            "millrace.start", new Outgoing("{}", Map.of("process", "late-reply"), queue, "slow"));

        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> server.logText().contains("the reply goes on"));

        WireMessage reply = client.consume(queue).receive(Operations.PATIENCE);
        assertThat(reply).isNotNull();
        assertThat(reply.properties()).containsEntry("state", "completed");
      }
    }
  }

  /** Sends an event that nobody waits for; its client is told so. */
  private static void keep(Requester client, String message, String key) {
    String event =
        client.send(
            "millrace.event",
            Map.of("message", message, "businessKey", key, "timeToLive", "600000"),
            "{}");
    assertThat(client.reply(event).properties()).containsEntry("state", "kept");
  }

  /** Starts an instance; its client is told so while the database does not show it. */
  private static String start(TestServer server, String process, String key) {
    try (Requester client = new Requester(Wire.STOMP, server, "client")) {
      String start =
          client.send(
              "millrace.start",
              Map.of("process", process, "businessKey", key, "acknowledge", "true"),
              "{}");
      WireMessage reply = client.reply(start);
      assertThat(reply.properties()).containsEntry("state", "running");
      return reply.properties().get("instanceId");
    }
  }
}
