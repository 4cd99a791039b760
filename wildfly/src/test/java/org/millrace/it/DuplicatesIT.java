package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The broker's own guard against sending twice, {@code _AMQ_DUPL_ID}: what it does beside the
 * engine's {@code requestId}, as docs/guides/events.md says.
 */
class DuplicatesIT {

  private final String process = Bpmn.newId();
  private final String duplicate = "d-" + process;
  private TestServer server;
  private Operations admin;

  @BeforeEach
  void connect(TestServer shared) {
    server = shared;
    admin = new Operations(shared, "admin");
  }

  private String send(Requester replies, String mark) {
    try (JmsWireClient client = (JmsWireClient) Wire.JMS.connect(server, "client")) {
      JMSContext context = client.context();
      Message message = context.createTextMessage("{}");
      message.setStringProperty("process", process);
      message.setStringProperty("mark", mark);
      message.setStringProperty("_AMQ_DUPL_ID", duplicate);
      message.setJMSCorrelationID(mark);
      message.setJMSReplyTo(context.createQueue("jms.queue." + replies.replyQueue()));
      context.createProducer().send(context.createQueue("jms.queue.millrace.start"), message);
      return mark;
    } catch (JMSException e) {
      throw new AssertionError(e);
    }
  }

  private int instances() {
    return admin.get("instances?process=" + process).ok().get("total").asInt();
  }

  /** The broker can show a reply a moment before the database shows the state behind it. */
  private void assertOneInstance() {
    await().atMost(Operations.PATIENCE).until(() -> instances() > 0);
    assertThat(instances()).isEqualTo(1);
  }

  @Test
  void givenTheSameDuplicateIdTwice_thenTheBrokerDropsTheSecond_andNobodyAnswersIt() {
    admin.deploy(Bpmn.empty(process)).ok();
    try (Requester client = new Requester(Wire.JMS, server, "client")) {
      WireMessage reply = client.reply(send(client, "first"));
      send(client, "second");
      client.expectNoMore();

      assertThat(reply.properties()).containsEntry("state", "completed");
      assertOneInstance();
    }
  }

  @Test
  void givenADuplicateIdOfARefusedMessage_thenItsReplayIsServed_butAnotherWithItIsDropped() {
    try (Requester client = new Requester(Wire.JMS, server, "client")) {
      WireMessage refused = client.reply(send(client, "refused-" + process));
      assertThat(refused.properties()).containsEntry("state", "rejected");
      admin.deploy(Bpmn.empty(process)).ok();

      send(client, "another");
      client.expectNoMore();
      assertThat(instances()).isZero();

      admin.post("messages/" + Operations.encode(kept()) + "/replay").ok();
      assertThat(client.reply("refused-" + process).properties())
          .containsEntry("state", "completed");
      assertOneInstance();
    }
  }

  private String kept() {
    return await()
        .atMost(Operations.PATIENCE)
        .until(this::find, Optional::isPresent)
        .orElseThrow()
        .get("id")
        .asText();
  }

  private Optional<JsonNode> find() {
    for (JsonNode one : admin.get("messages?queue=rejected").ok()) {
      if (one.get("properties").path("mark").asText().equals("refused-" + process)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  @Test
  void givenATransactionOfTheSendersThatIsRolledBack_thenItsDuplicateIdIsFreeAgain()
      throws Exception {
    admin.deploy(Bpmn.empty(process)).ok();
    try (Requester client = new Requester(Wire.JMS, server, "client");
        JmsWireClient wire = (JmsWireClient) Wire.JMS.connect(server, "client");
        JMSContext transacted = wire.context().createContext(JMSContext.SESSION_TRANSACTED)) {
      Message message = transacted.createTextMessage("{}");
      message.setStringProperty("process", process);
      message.setStringProperty("_AMQ_DUPL_ID", duplicate);
      transacted.createProducer().send(transacted.createQueue("jms.queue.millrace.start"), message);
      transacted.rollback();

      assertThat(client.reply(send(client, "again")).properties())
          .containsEntry("state", "completed");
      assertOneInstance();
    }
  }
}
