package org.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many messages in one transaction: fewer commits, and the same in every other way. */
class GroupIT {

  private static final int MANY = 100;
  private static final int EACH = 10;
  private static final int LARGE = 250_000;
  private static final String EVENTS =
      "/subsystem=messaging-activemq/server=default/runtime-queue=jms.queue.millrace.event";
  private static final String STAGE = "charge-payment";

  @Test
  void givenABacklogWithOneBadMessage_thenFewTransactionsDoIt_andTheBadOneAloneFails(
      TestServer server) {
    Operations operator = new Operations(server, "operator");
    String process = Bpmn.newId();
    new Operations(server, "admin")
        .deploy(
            Bpmn.process(
                process,
                """
                <serviceTask id="step" millrace:stage="charge-payment" millrace:retries="2"
                             millrace:backoff="PT1S"/>
                """))
        .ok();
    operator.post("stages/" + STAGE + "/pause").ok();
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Order order = Order.plain();
      orders.add(order);
      start(operator, process, order.json().replaceFirst("}$", ",\"total\":20}"));
      if (i == MANY / 2) {
        start(operator, process, "{\"no\":\"order\"}");
      }
    }
    long failed = stage(operator).get("failed").asLong();
    long commits = commits(server);

    operator.post("stages/" + STAGE + "/resume").ok();
    int looks = awaitTotal(operator, "process=" + process + "&state=completed", MANY);
    long taken = commits(server) - commits - looks;
    JsonNode incident =
        await()
            .atMost(Operations.PATIENCE)
            .until(() -> operator.get("incidents?process=" + process).ok(), all -> all.size() == 1)
            .get(0);

    assertThat(taken).as("transactions for %d stages", MANY).isLessThan(MANY);
    assertThat(incident.get("attempts").asInt()).isEqualTo(2);
    assertThat(stage(operator).get("failed").asLong() - failed).as("attempts").isEqualTo(2);
    Rows rows = new Rows(server);
    for (Order order : orders) {
      assertThat(rows.number("select count(*) from payment where order_id = '" + order.id() + "'"))
          .as(order.id())
          .isEqualTo(1);
    }
  }

  /** The first work that is done ends its instance, and the second one's wait with it. */
  @Test
  void givenWorkThatIsOvertakenByItsOwnGroup_thenAllIsDoneAndNothingLooksLikeAnError(
      TestServer server) {
    Operations operator = new Operations(server, "operator");
    String process = Bpmn.newId();
    String race =
        """
        <parallelGateway id="step"/>
        <sequenceFlow id="to-a" sourceRef="step" targetRef="a"/>
        <serviceTask id="a" millrace:stage="check-order"/>
        <sequenceFlow id="from-a" sourceRef="a" targetRef="all"/>
        <sequenceFlow id="to-b" sourceRef="step" targetRef="b"/>
        <serviceTask id="b" millrace:stage="check-order"/>
        <sequenceFlow id="from-b" sourceRef="b" targetRef="all"/>
        <endEvent id="all"><terminateEventDefinition/></endEvent>
        """;
    new Operations(server, "admin").deploy(Bpmn.process(process, race)).ok();
    operator.post("stages/check-order/pause").ok();
    for (int i = 0; i < MANY; i++) {
      start(operator, process, Order.plain().json());
    }
    int logged = server.logText().length();

    operator.post("stages/check-order/resume").ok();
    awaitTotal(operator, "process=" + process + "&state=terminated", MANY);

    assertThat(server.logText().substring(logged))
        .contains("was rolled back, and each comes again alone")
        .contains("Overtaken")
        .doesNotContain("STATUS_MARKED_ROLLBACK");
    assertThat(operator.get("incidents?process=" + process).ok()).isEmpty();
  }

  @Test
  void givenWorkInTheMiddleWhoseInstanceIsNotThere_thenTheOthersLoseNoAttempt(TestServer server) {
    Operations operator = new Operations(server, "operator");
    String process = Bpmn.newId();
    new Operations(server, "admin")
        .deploy(
            Bpmn.process(process, "<serviceTask id=\"step\" millrace:stage=\"charge-payment\"/>"))
        .ok();
    operator.post("stages/" + STAGE + "/pause").ok();
    for (int i = 0; i < MANY; i++) {
      start(operator, process, Order.plain().json().replaceFirst("}$", ",\"total\":20}"));
      if (i % EACH == 1) {
        new Inside(server).send(early(process));
      }
    }
    long failed = stage(operator).get("failed").asLong();
    int logged = server.logText().length();

    operator.post("stages/" + STAGE + "/resume").ok();
    awaitTotal(operator, "process=" + process + "&state=completed", MANY);

    assertThat(server.logText().substring(logged))
        .contains("work of the same group came too early")
        .doesNotContain("STATUS_MARKED_ROLLBACK");
    assertThat(stage(operator).get("failed").asLong() - failed).as("attempts").isZero();
  }

  /** The broker can show work a moment before the database shows the state behind it. */
  private static Letter early(String process) {
    String instance = UUID.randomUUID().toString();
    return new Letter(
        instance,
        "millrace.stage." + STAGE,
        Letter.Kind.TEXT,
        Map.of(
            "workId",
            instance + ".1",
            "instanceId",
            instance,
            "process",
            process,
            "version",
            1,
            "activity",
            "step",
            "attempt",
            1),
        "{}".getBytes(UTF_8));
  }

  @Test
  void givenABacklogOfEvents_thenFewTransactionsDoThem_andEachInstanceHasThemInOrder(
      TestServer server) throws JMSException {
    Operations operator = new Operations(server, "operator");
    String process = Bpmn.newId();
    new Operations(server, "admin").deploy(collecting(process)).ok();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < MANY / EACH; i++) {
      ids.add(
          operator
              .post(
                  "instances",
                  "{\"process\":\"%s\",\"variables\":{\"seen\":[]}}".formatted(process))
              .ok()
              .get("id")
              .asText());
    }
    server.manage(EVENTS + ":pause");
    try (JmsWireClient client = (JmsWireClient) Wire.JMS.connect(server, "client")) {
      for (int n = 0; n < EACH; n++) {
        // Every other one so large that the broker has it in a file.
        String body = "{\"n\":%d%s}".formatted(n, n % 2 == 0 ? "" : " ".repeat(LARGE));
        for (String id : ids) {
          client.send(
              new Letter(
                  id + n,
                  "millrace.event",
                  n % 3 == 0 ? Letter.Kind.TEXT : Letter.Kind.BYTES,
                  Map.of("message", "next-" + process, "instanceId", id),
                  body.getBytes(UTF_8)),
              "millrace.reply." + process);
        }
      }
    }
    long commits = commits(server);

    server.manage(EVENTS + ":resume");
    int looks = awaitTotal(operator, "process=" + process + "&state=completed", ids.size());
    long taken = commits(server) - commits - looks;

    assertThat(taken).as("transactions for %d events", MANY).isLessThan(MANY / 2);
    List<Integer> inOrder = IntStream.range(0, EACH).boxed().toList();
    for (String id : ids) {
      JsonNode seen = operator.get("instances/" + id).ok().get("variables").get("seen");
      assertThat(seen).extracting(JsonNode::asInt).as(id).isEqualTo(inOrder);
    }
  }

  /** Notes in {@code seen} what ten messages say. */
  private static String collecting(String process) {
    return Bpmn.process(
            process,
            """
            <exclusiveGateway id="step" default="to-end"/>
            <sequenceFlow id="on" sourceRef="step" targetRef="catch">
              <conditionExpression>count(seen) &lt; %d</conditionExpression></sequenceFlow>
            <intermediateCatchEvent id="catch"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>
            <sequenceFlow id="caught" sourceRef="catch" targetRef="note"/>
            <scriptTask id="note" scriptFormat="feel" millrace:resultVariable="seen">
              <script>append(seen, n)</script></scriptTask>
            <sequenceFlow id="back" sourceRef="note" targetRef="step"/>
            """
                .formatted(EACH))
        .replace(
            "</definitions>",
            "<message id=\"m\" name=\"next-%s\"/></definitions>".formatted(process));
  }

  static void start(Operations operator, String process, String variables) {
    operator
        .post("instances", "{\"process\":\"%s\",\"variables\":%s}".formatted(process, variables))
        .ok();
  }

  /** Returns how often it had to look: that is a transaction each time. */
  static int awaitTotal(Operations operator, String query, int total) {
    AtomicInteger looks = new AtomicInteger();
    await()
        .atMost(Operations.PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              looks.incrementAndGet();
              return operator.get("instances?" + query).ok().get("total").asInt() == total;
            });
    return looks.get();
  }

  private static JsonNode stage(Operations operator) {
    return Operations.find(operator.get("stages").ok(), "stage", STAGE).orElseThrow();
  }

  /** What the transaction manager has committed; asking is none of its transactions. */
  static long commits(TestServer server) {
    String answer =
        server.manage(
            "/subsystem=transactions:read-attribute(name=number-of-committed-transactions)");
    Matcher number = Pattern.compile("\"result\" => (\\d+)L?").matcher(answer);
    assertThat(number.find()).as(answer).isTrue();
    return Long.parseLong(number.group(1));
  }
}
