package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is not as the contract says is refused with a reason, kept, and stops nobody. A message of a
 * test is found again by a property of its own, {@code mark}.
 */
class BadInputIT {

  private static final String START = "millrace.start";
  private static final int MAX_BYTES = 8 * 1024 * 1024;

  /** A message that is wrong, and a part of the reason that it is refused with. */
  record Bad(String name, String queue, Map<String, ?> properties, String body, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Makes a message that only the JMS api can make. */
  @FunctionalInterface
  interface Making {
    Message with(JMSContext context) throws JMSException;
  }

  private final String mark = UUID.randomUUID().toString();
  private TestServer server;
  private Operations operator;
  private Operations admin;

  @BeforeEach
  void connect(TestServer shared) {
    server = shared;
    operator = new Operations(shared, "operator");
    admin = new Operations(shared, "admin");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("bad")
  void givenABadMessage_thenItIsRefusedAndKeptAndTheNextIsServed(Wire wire, Bad bad) {
    try (Requester client = new Requester(wire, server, "client")) {
      Map<String, Object> properties = new HashMap<>(bad.properties());
      properties.put("mark", mark);
      WireMessage reply = client.reply(client.send(bad.queue(), properties, bad.body()));

      assertRefused(reply, bad.reason());
      JsonNode kept = awaitKept();
      assertThat(kept.get("reason").asText()).isEqualTo(reply.properties().get("reason"));
      assertThat(kept.get("properties").get("rejectedFrom").asText()).isEqualTo(bad.queue());
      bad.properties()
          .forEach(
              (name, value) ->
                  assertThat(kept.get("properties").get(name).asText())
                      .isEqualTo(String.valueOf(value)));
      assertThat(kept.get("body").asText()).isEqualTo(bad.body());
      assertServesTheNext(client);
    }
  }

  static Stream<Arguments> bad() {
    Map<String, String> order = Map.of("process", "order");
    String deep = "{\"a\":".repeat(65) + "1" + "}".repeat(65);
    return Stream.of(
            new Bad("no JSON", START, order, "{\"orderId\":", "the body cannot be read"),
            new Bad("not an object", START, order, "[1,2]", "the body cannot be read"),
            new Bad("too deep", START, order, deep, "64"),
            new Bad("NUL", START, order, "{\"orderId\":\"\\u0000\"}", "the body cannot be read"),
            new Bad("doubled key", START, order, "{\"a\":1,\"a\":2}", "the body cannot be read"),
            new Bad("no process", START, Map.of("businessKey", "k"), "{}", "\"process\""),
            new Bad("unknown process", START, Map.of("process", "nobody"), "{}", "nobody"),
            new Bad(
                "unknown version",
                START,
                Map.of("process", "order", "version", 1_000_000),
                "{}",
                "1000000"),
            new Bad(
                "version of the wrong type",
                START,
                Map.of("process", "order", "version", true),
                "{}",
                "\"version\""),
            new Bad(
                "acknowledge of the wrong type",
                START,
                Map.of("process", "order", "acknowledge", 1.5),
                "{}",
                "\"acknowledge\""),
            new Bad("event without a message", "millrace.event", Map.of(), "{}", "\"message\""),
            new Bad(
                "event with an impossible time to live",
                "millrace.event",
                Map.of("message", "delivered", "timeToLive", "soon"),
                "{}",
                "\"timeToLive\""),
            new Bad("signal without a name", "millrace.signal", Map.of(), "{}", "\"signal\""))
        .flatMap(bad -> Stream.of(Wire.values()).map(wire -> Arguments.of(wire, bad)));
  }

  @ParameterizedTest
  @EnumSource
  void givenAMessageOfMoreThan8MiB_thenItIsRefused(Wire wire) {
    String body = "{\"a\":\"" + "ä".repeat(MAX_BYTES / 2) + "\"}";
    try (Requester client = new Requester(wire, server, "client")) {
      WireMessage reply =
          client.reply(client.send(START, Map.of("process", "order", "mark", mark), body));
      assertRefused(reply, String.valueOf(MAX_BYTES));
      assertThat(body).startsWith(awaitKept().get("body").asText());
      assertServesTheNext(client);
    }
  }

  @ParameterizedTest
  @EnumSource
  void givenAMessageOfExactly8MiB_thenItIsServed(Wire wire) {
    String process = Bpmn.newId();
    admin.deploy(Bpmn.empty(process)).ok();
    String body = "{\"a\":\"" + "x".repeat(MAX_BYTES - 8) + "\"}";
    try (Requester client = new Requester(wire, server, "client")) {
      WireMessage reply = client.reply(client.send(START, Map.of("process", process), body));
      assertThat(reply.properties()).containsEntry("state", "completed");
      assertThat(reply.body()).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JMS", "AMQP"})
  void givenBytesThatAreNoUtf8_thenTheyAreRefusedAndKeptByteForByte(Wire wire) {
    byte[] bytes = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}', 0, (byte) 0xFF};
    JsonNode kept =
        sendRefused(
            wire,
            context -> {
              BytesMessage message = context.createBytesMessage();
              message.writeBytes(bytes);
              return message;
            },
            "UTF-8");
    assertThat(Base64.getDecoder().decode(kept.get("body").asText())).isEqualTo(bytes);
  }

  /** JMS alone can carry it: its texts are Java's. */
  @Test
  void givenAPropertyWithHalfACharacter_thenItIsRefused() {
    sendRefused(
        Wire.JMS,
        context -> {
          Message message = context.createTextMessage("{}");
          message.setStringProperty("businessKey", "a\ud83d");
          return message;
        },
        "\"businessKey\" contains half of a surrogate pair");
  }

  /** PostgreSQL could not keep it until the reply. */
  @Test
  void givenACorrelationIdWithANul_thenItIsRefused() throws JMSException {
    try (JmsWireClient client = (JmsWireClient) Wire.JMS.connect(server, "client")) {
      Message message = client.context().createTextMessage("{}");
      message.setStringProperty("process", "order");
      message.setStringProperty("mark", mark);
      message.setJMSCorrelationID("a\0b");
      message.setJMSReplyTo(client.context().createQueue("jms.queue.millrace.reply." + mark));
      client
          .context()
          .createProducer()
          .send(client.context().createQueue("jms.queue." + START), message);
    }
    assertThat(awaitKept().get("reason").asText()).contains("the JMSCorrelationID contains");
  }

  @ParameterizedTest
  @EnumSource(names = {"JMS", "AMQP"})
  void givenAMapMessage_thenItIsRefused(Wire wire) {
    sendRefused(
        wire,
        context -> {
          MapMessage message = context.createMapMessage();
          message.setString("orderId", "7");
          return message;
        },
        "neither a TextMessage nor a BytesMessage");
  }

  @ParameterizedTest
  @EnumSource(names = {"JMS", "AMQP"})
  void givenAnObjectMessage_thenItIsRefused(Wire wire) {
    sendRefused(
        wire,
        context -> context.createObjectMessage("an object"),
        "neither a TextMessage nor a BytesMessage");
  }

  @ParameterizedTest
  @EnumSource(names = {"JMS", "AMQP"})
  void givenAStreamMessage_thenItIsRefused(Wire wire) {
    sendRefused(wire, JMSContext::createStreamMessage, "neither a TextMessage nor a BytesMessage");
  }

  @ParameterizedTest
  @EnumSource(names = {"JMS", "AMQP"})
  void givenTheOrderAsBytes_thenItIsServed(Wire wire) throws Exception {
    Order order = Order.of("alice", 0, 10);
    try (JmsWireClient client = (JmsWireClient) wire.connect(server, "client")) {
      JMSContext context = client.context();
      TemporaryQueue replies = context.createTemporaryQueue();
      BytesMessage message = context.createBytesMessage();
      message.writeBytes(order.json().getBytes(StandardCharsets.UTF_8));
      message.setStringProperty("process", "order");
      message.setJMSReplyTo(replies);
      context.createProducer().send(context.createQueue("jms.queue." + START), message);
      Message reply = context.createConsumer(replies).receive(Operations.PATIENCE.toMillis());
      assertThat(reply.getStringProperty("state")).isEqualTo("completed");
      // Without a correlation id of its own, a request is known by its message id.
      assertThat(reply.getJMSCorrelationID()).isEqualTo(message.getJMSMessageID());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JMS", "AMQP"})
  void givenATemporaryReplyQueueThatIsGone_whenTheInstanceEnds_thenItStillCompletes(Wire wire)
      throws Exception {
    Order order = Order.plain();
    try (JmsWireClient client = (JmsWireClient) wire.connect(server, "client")) {
      JMSContext context = client.context();
      TemporaryQueue replies = context.createTemporaryQueue();
      Message message = context.createTextMessage(order.json());
      message.setStringProperty("process", "order");
      message.setStringProperty("businessKey", order.id());
      message.setBooleanProperty("acknowledge", true);
      message.setJMSReplyTo(replies);
      context.createProducer().send(context.createQueue("jms.queue." + START), message);
      Message reply = context.createConsumer(replies).receive(Operations.PATIENCE.toMillis());
      assertThat(reply.getStringProperty("state")).isEqualTo("running");
    }
    String id = operator.awaitInstance(order.id());
    String wait = operator.awaitWait(id, "hour-over").get("id").asText();
    operator.post("waits/" + wait + "/trigger", "{}").ok();
    assertThat(operator.awaitState(id, "completed").get("incidents")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void givenOutcomesOfNoWork_thenTheyAreRefused(Wire wire) {
    try (WireClient worker = wire.connect(server, "worker")) {
      outcome(worker, "no-such-work", "done");
      assertThat(awaitKept().get("reason").asText()).contains("workId");
      assertThat(awaitKept().get("properties").get("rejectedFrom").asText())
          .isEqualTo("millrace.outcome");
    }
  }

  @Test
  void givenTheOutcomeOfWorkOfNoInstance_thenItIsGivenTimeAndThenRefused() {
    try (WireClient worker = Wire.STOMP.connect(server, "worker")) {
      outcome(worker, UUID.randomUUID() + ".1", "done");
      assertThat(awaitKept().get("reason").asText()).contains("there is no work with this workId");
    }
  }

  private void outcome(WireClient worker, String workId, String outcome) {
    worker.send(
        "millrace.outcome",
        new WireClient.Outgoing("{}", Map.of("workId", workId, "outcome", outcome, "mark", mark)));
  }

  @Test
  void givenAStartOfAProcessThatIsMissing_whenItIsDeployedAndTheMessageReplayed_thenItStarts() {
    String process = Bpmn.newId();
    try (Requester client = new Requester(Wire.STOMP, server, "client")) {
      String request =
          client.send(
              START,
              Map.of("process", process, "businessKey", process, "mark", mark),
              "{\"a\":\"ä\"}");
      assertRefused(client.reply(request), process);
    }
    String message = Operations.encode(awaitKept().get("id").asText());
    admin.deploy(Bpmn.empty(process)).ok();

    operator.post("messages/" + message + "/replay").ok();

    JsonNode instance = operator.awaitState(operator.awaitInstance(process), "completed");
    assertThat(instance.get("variables").get("a").asText()).isEqualTo("ä");
    assertThat(kept()).isEmpty();
    assertThat(operator.post("messages/" + message + "/replay").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @EnumSource
  void givenAnUnsupportedElement_whenItIsSentToDeploy_thenItIsRefusedByName(Wire wire) {
    assertDeployRefused(
        wire,
        Bpmn.process(Bpmn.newId(), "<choreographyTask id=\"step\"/>"),
        "line 7: step: choreographyTask");
  }

  @ParameterizedTest
  @EnumSource
  void givenADoctype_whenItIsSentToDeploy_thenItIsRefused(Wire wire) {
    assertDeployRefused(wire, withExternalEntity(), "DOCTYPE");
  }

  private void assertDeployRefused(Wire wire, String xml, String reason) {
    try (Requester client = new Requester(wire, server, "admin")) {
      WireMessage reply =
          client.reply(
              client.send("millrace.deploy", Map.of("name", "bad.bpmn", "mark", mark), xml));
      assertRefused(reply, reason);
      assertThat(awaitKept().get("body").asText()).isEqualTo(xml);
      assertThat(awaitKept().get("properties").get("rejectedFrom").asText())
          .isEqualTo("millrace.deploy");

      String process = Bpmn.newId();
      WireMessage deployed =
          client.reply(client.send("millrace.deploy", Map.of(), Bpmn.empty(process)));
      assertThat(deployed.properties()).containsEntry("state", "deployed");
      assertThat(Api.parse(deployed.body()))
          .isEqualTo(Api.parse("[{\"process\":\"%s\",\"version\":1}]".formatted(process)));
    }
  }

  @Test
  void givenAnUnsupportedElement_whenItIsPosted_thenTheAnswerNamesElementAndLine() {
    Api.Answer answer = admin.deploy(Bpmn.process(Bpmn.newId(), "<choreographyTask id=\"step\"/>"));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    JsonNode problem = answer.json().get("problems").get(0);
    assertThat(problem.get("element").asText()).isEqualTo("step");
    assertThat(problem.get("line").asInt()).isEqualTo(7);
    assertThat(problem.get("message").asText()).contains("choreographyTask");
  }

  @Test
  void givenAnExternalEntity_whenItIsPosted_thenItIsRefused() {
    Api.Answer answer = admin.deploy(withExternalEntity());
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text()).contains("DOCTYPE").doesNotContain("root:");
  }

  @Test
  void givenAGoodProcess_whenItIsPostedTwice_thenTheSameVersionIsAnswered() {
    String process = Bpmn.newId();
    String expected = "[{\"kind\":\"process\",\"id\":\"%s\",\"version\":1}]".formatted(process);
    for (int i = 0; i < 2; i++) {
      Api.Answer answer = admin.deploy(Bpmn.empty(process));
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.json()).isEqualTo(Api.parse(expected));
    }
  }

  private static String withExternalEntity() {
    return Bpmn.empty(Bpmn.newId())
        .replace(
            "<definitions",
            "<!DOCTYPE definitions [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<definitions")
        .replace(
            "<task id=\"step\"/>",
            "<task id=\"step\" name=\"a\"><documentation>&x;</documentation></task>");
  }

  private JsonNode sendRefused(Wire wire, Making making, String reason) {
    try (Requester replies = new Requester(wire, server, "client");
        JmsWireClient client = (JmsWireClient) wire.connect(server, "client")) {
      JMSContext context = client.context();
      Message message = making.with(context);
      message.setStringProperty("process", "order");
      message.setStringProperty("mark", mark);
      message.setJMSCorrelationID(mark);
      message.setJMSReplyTo(context.createQueue("jms.queue." + replies.replyQueue()));
      context.createProducer().send(context.createQueue("jms.queue." + START), message);
      assertRefused(replies.reply(mark), reason);
      assertServesTheNext(replies);
      return awaitKept();
    } catch (JMSException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertRefused(WireMessage reply, String reason) {
    assertThat(reply.properties()).containsEntry("state", "rejected");
    assertThat(reply.properties().get("reason")).contains(reason);
  }

  private void assertServesTheNext(Requester client) {
    assertThat(client.reply(client.start(Order.of("alice", 0, 10))).properties())
        .containsEntry("state", "completed");
  }

  /** The message with this test's mark, once it is kept. */
  private JsonNode awaitKept() {
    return await().atMost(Operations.PATIENCE).until(this::kept, Optional::isPresent).orElseThrow();
  }

  private Optional<JsonNode> kept() {
    JsonNode all = operator.get("messages?queue=rejected").ok();
    for (JsonNode one : all) {
      if (one.get("properties").path("mark").asText().equals(mark)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
