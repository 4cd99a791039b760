package org.millrace.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.TextMessage;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.api.operation.MessageView;
import org.millrace.execution.Shell;
import org.millrace.persistence.TestDatabase;

/** Refused and dead messages, and their way back. */
class RejectionsTest {

  private final Shell shell = new Shell(TestDatabase.of(TestDatabase.Kind.H2));
  private TestBroker broker;
  private JMSContext client;
  private Rejections rejections;
  private JmsMailbox mailbox;

  @BeforeEach
  void begin() throws Exception {
    broker = new TestBroker();
    client = broker.context(JMSContext.AUTO_ACKNOWLEDGE);
    rejections =
        new Rejections(
            broker.jms,
            new JmsDispatcher(
                broker.jms,
                new Sending(),
                new Aftermath(Set::of, within -> false, System::nanoTime),
                Clock.systemUTC()));
    mailbox =
        new JmsMailbox(
            broker.jms,
            new BrokerQueues(broker.jms),
            new DeadLetters(shell.engine, shell.database.begun));
  }

  @AfterEach
  void end() throws Exception {
    client.close();
    broker.close();
  }

  private int begin(String id, String life) {
    return shell.database.inTransaction(() -> shell.database.begun.begin(id, life));
  }

  private void send(String queue, Message message) {
    client.createProducer().setPriority(8).send(client.createQueue(queue), message);
  }

  /** Sends it to the start queue and refuses it there. */
  private Message refuse(Message message) {
    send("millrace.start", message);
    Message sent = broker.take("millrace.start");
    rejections.refuse(sent, "millrace.start", "no good");
    return sent;
  }

  @Test
  void givenATextMessage_whenRefused_thenItIsKeptWholeWithTheReason() throws Exception {
    TextMessage message = client.createTextMessage("[\u00e9");
    message.setStringProperty("process", "order");
    message.setIntProperty("version", 3);
    message.setStringProperty("NATIVE_MESSAGE_ID", "of the AMQP conversion");
    message.setJMSCorrelationID("mine");
    refuse(message);

    TextMessage kept = (TextMessage) broker.take(Jms.REJECTED);

    assertThat(kept.getText()).isEqualTo("[\u00e9");
    assertThat(Rejections.properties(kept))
        .isEqualTo(
            Map.of(
                "process",
                "order",
                "version",
                3,
                "reason",
                "no good",
                "rejectedFrom",
                "millrace.start"));
    assertThat(kept.getJMSCorrelationID()).isEqualTo("mine");
    assertThat(kept.getJMSPriority()).isEqualTo(8);
  }

  /** As a STOMP client's length of the body is. */
  @Test
  void givenAPropertyWhoseNameIsNotJavas_whenRefused_thenItIsKept_andReplayedToo()
      throws Exception {
    TextMessage message = client.createTextMessage("[");
    SimpleString name = SimpleString.of("content-length");
    ((ActiveMQMessage) message).getCoreMessage().putStringProperty(name, SimpleString.of("1"));
    refuse(message);

    assertThat(mailbox.list("rejected", 0, 10).get(0).properties())
        .containsEntry("content-length", "1");
    assertThat(mailbox.replay(mailbox.list("rejected", 0, 10).get(0).id())).isTrue();
    assertThat(Rejections.properties(broker.take("millrace.start")))
        .isEqualTo(Map.of("content-length", "1"));
  }

  @Test
  void givenAReasonThatQuotesMuch_whenRefused_thenItIsCut() throws Exception {
    send("millrace.start", client.createTextMessage("["));

    rejections.refuse(broker.take("millrace.start"), "millrace.start", "x".repeat(100_000));

    assertThat(mailbox.list("rejected", 0, 10).get(0).reason()).isEqualTo("x".repeat(3_999) + "…");
  }

  /** As AMQP and STOMP bring them: the broker's own clients do not send so much. */
  @Test
  void givenPropertiesLargerThanAnyMessagesMayBe_whenRefused_thenTheyAreCut() throws Exception {
    String large = "[".repeat(200_000);
    try (JMSContext others = broker.contextOfOthers()) {
      TextMessage message = others.createTextMessage(large);
      message.setStringProperty("process", "order");
      message.setStringProperty("note", "y".repeat(70_000));
      message.setJMSCorrelationID("c".repeat(70_000));
      message.setJMSReplyTo(others.createQueue("millrace.reply." + "r".repeat(70_000)));
      others.createProducer().send(others.createQueue("millrace.start"), message);
    }

    rejections.refuse(broker.take("millrace.start"), "millrace.start", "no good");

    MessageView kept = mailbox.list("rejected", 0, 10).get(0);
    assertThat(kept.properties())
        .containsEntry("process", "order")
        .containsEntry("note", "y".repeat(4_095) + "…");
    assertThat(large).startsWith(kept.body());
  }

  @Test
  void givenMorePropertiesThanAnyMessageMayHave_whenRefused_thenSomeAreKept() throws Exception {
    try (JMSContext others = broker.contextOfOthers()) {
      TextMessage message = others.createTextMessage("[");
      for (int i = 0; i < 100; i++) {
        message.setStringProperty("p" + i, "z".repeat(4_000));
      }
      others.createProducer().send(others.createQueue("millrace.start"), message);
    }

    rejections.refuse(broker.take("millrace.start"), "millrace.start", "no good");

    assertThat(mailbox.list("rejected", 0, 10).get(0).properties())
        .hasSizeBetween(8, 12)
        .containsEntry("reason", "no good");
  }

  @Test
  void givenACorrelationIdLargerThanAReplyMayHave_whenRead_thenItIsBad() throws Exception {
    try (JMSContext others = broker.contextOfOthers()) {
      TextMessage message = others.createTextMessage("{}");
      message.setJMSReplyTo(others.createQueue("millrace.reply.a"));
      message.setJMSCorrelationID("c".repeat(70_000));
      others.createProducer().send(others.createQueue("millrace.start"), message);
    }
    Message sent = broker.take("millrace.start");

    assertThatThrownBy(() -> new Inbound(sent).replyTo())
        .isInstanceOf(BadMessage.class)
        .hasMessage("the JMSCorrelationID has 70000 characters; at most 4096 are allowed");
  }

  @Test
  void givenBytes_whenRefused_thenTheyAreKeptByteForByte() throws Exception {
    byte[] body = new byte[300_000];
    body[0] = (byte) 0xff;
    BytesMessage message = client.createBytesMessage();
    message.writeBytes(body);
    refuse(message);

    BytesMessage kept = (BytesMessage) broker.take(Jms.REJECTED);

    byte[] same = new byte[(int) kept.getBodyLength()];
    kept.readBytes(same);
    assertThat(same).isEqualTo(body);
  }

  @Test
  void givenAMessageOfAnotherKind_whenRefused_thenItIsKeptAsItIs() throws Exception {
    MapMessage message = client.createMapMessage();
    message.setString("a", "b");
    message.setStringProperty("process", "order");
    refuse(message);

    MapMessage kept = (MapMessage) broker.take(Jms.REJECTED);

    assertThat(kept.getString("a")).isEqualTo("b");
    assertThat(kept.getStringProperty("process")).isEqualTo("order");
  }

  @Test
  void givenASenderWhoWaits_whenRefused_thenItIsToldAndAgainAfterTheReplay() throws Exception {
    Queue replies = client.createTemporaryQueue();
    TextMessage message = client.createTextMessage("{}");
    message.setJMSReplyTo(replies);
    Message first = refuse(message);
    try (JMSConsumer consumer = client.createConsumer(replies)) {
      Message reply = consumer.receive(5_000);
      assertThat(reply.getStringProperty("state")).isEqualTo("rejected");
      assertThat(reply.getStringProperty("reason")).isEqualTo("no good");
      assertThat(reply.getJMSCorrelationID()).isEqualTo(first.getJMSMessageID());
    }

    assertThat(mailbox.replay(mailbox.list("rejected", 0, 10).get(0).id())).isTrue();
    Message replayed = broker.take("millrace.start");

    assertThat(Rejections.properties(replayed)).isEmpty();
    assertThat(replayed.getJMSReplyTo()).isEqualTo(replies);
    assertThat(replayed.getJMSCorrelationID()).isEqualTo(first.getJMSMessageID());
    assertThat(replayed.getJMSPriority()).isEqualTo(8);
    assertThat(mailbox.list("rejected", 0, 10)).isEmpty();
  }

  @Test
  void givenMoreThanArePutOnOnePage_thenTheNextPageHasTheOthers() throws Exception {
    for (String body : List.of("{\"n\":1}", "{\"n\":2}", "{\"n\":3}")) {
      refuse(client.createTextMessage(body));
    }

    assertThat(mailbox.list("rejected", 1, 1))
        .extracting(MessageView::body)
        .containsExactly("{\"n\":2}");
    assertThat(mailbox.list("rejected", 2, 10))
        .extracting(MessageView::body)
        .containsExactly("{\"n\":3}");
    assertThat(mailbox.list("rejected", 3, 10)).isEmpty();
  }

  @Test
  void givenOneThatDoesNotSayWhereItCameFrom_whenAllAreToBeReplayed_thenItIsLeftOut()
      throws Exception {
    refuse(client.createTextMessage("first"));
    send(Jms.REJECTED, client.createTextMessage("by hand"));
    refuse(client.createTextMessage("third"));
    refuse(client.createTextMessage("too many"));

    assertThat(mailbox.replayable("rejected", 2))
        .containsExactly(
            mailbox.list("rejected", 0, 1).get(0).id(), mailbox.list("rejected", 2, 1).get(0).id());
  }

  @Test
  void givenAReplyAddressThatIsTheEnginesOwn_whenRead_thenTheMessageIsRefusedWithoutAReply()
      throws Exception {
    TextMessage message = client.createTextMessage("{}");
    message.setJMSReplyTo(client.createQueue("millrace.deploy"));
    Message sent = refuse(message);

    assertThatThrownBy(() -> new Inbound(sent).replyTo())
        .isInstanceOf(BadMessage.class)
        .hasMessageContaining("millrace.deploy is neither millrace.reply.* nor a temporary queue");
    assertThat(mailbox.list("rejected", 0, 10)).hasSize(1);
    assertThat(messages("millrace.deploy", null)).isEmpty();
  }

  @Test
  void givenADeadMessage_whenReplayed_thenItGoesWhereItCameFromWhateverItsSenderWrote()
      throws Exception {
    TextMessage message = client.createTextMessage("{}");
    message.setStringProperty("rejectedFrom", "millrace.deploy");
    send("millrace.start", message);
    broker.kill("millrace.start");
    MessageView dead = mailbox.list("dead", 0, 10).get(0);
    assertThat(dead.from()).isEqualTo("millrace.start");
    String begun = Crashes.ids(messages(Jms.DEAD, "rejectedFrom IS NOT NULL").get(0)).get(0);
    begin(begun, "a");
    begin(begun, "b");

    assertThat(shell.database.inTransaction(() -> mailbox.replay(dead.id()))).isTrue();

    assertThat(begin(begun, "c")).as("deaths that are remembered").isZero();
    assertThat(broker.take("millrace.start").getStringProperty("rejectedFrom"))
        .isEqualTo("millrace.deploy");
  }

  @Test
  void givenDeadLetters_thenOnlyLostWorkTimersAndCallsBecomeIncidents() throws Exception {
    for (String queue :
        List.of(
            "millrace.stage.a",
            "millrace.timer",
            "millrace.call",
            "millrace.outcome",
            "millrace.start")) {
      Message message = client.createTextMessage(queue);
      message.setStringProperty("workId", "i.1");
      message.setStringProperty("waitId", "i.1");
      send(queue, message);
      broker.kill(queue);
    }

    assertThat(messages(Jms.DEAD, DeadLetters.LOST))
        .extracting(message -> ((TextMessage) message).getText())
        .containsExactly("millrace.stage.a", "millrace.timer", "millrace.call");
  }

  private List<Message> messages(String queue, String selector) throws Exception {
    try (QueueBrowser browser = client.createBrowser(client.createQueue(queue), selector)) {
      @SuppressWarnings("unchecked") // JMS is older than generics.
      var messages = (java.util.Enumeration<Message>) browser.getEnumeration();
      return Collections.list(messages);
    }
  }

  @Test
  void givenALongText_whenListed_thenItIsCutBetweenCharacters() throws Exception {
    BytesMessage message = client.createBytesMessage();
    message.writeBytes(("x" + "\u00e9".repeat(40_000)).getBytes(UTF_8));
    refuse(message);

    assertThat(mailbox.list("rejected", 0, 10))
        .singleElement()
        .satisfies(view -> assertThat(view.body()).isEqualTo("x" + "\u00e9".repeat(32_767)));
  }

  @Test
  void givenWorkLargerThanAnyMessageFromOutside_whenRead_thenItIsWork() throws Exception {
    String large = "x".repeat(9 * 1024 * 1024);
    TextMessage message = client.createTextMessage("{\"large\":\"" + large + "\"}");
    message.setStringProperty("workId", "i.1");
    message.setStringProperty("process", "p");
    message.setStringProperty("activity", "a");
    send("millrace.stage.a", message);

    WorkMessage work = WorkMessage.read(broker.take("millrace.stage.a"));

    assertThat(work.stage()).isEqualTo("a");
    assertThat(work.variables()).containsEntry("large", large);
  }
}
