package org.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asked by a real broker what may go in a group. */
class FreshOnlyTest {

  private static final String QUEUE = "millrace.event";

  private TestBroker broker;

  @BeforeEach
  void givenOneOfThreeIsSuspect() throws Exception {
    broker = new TestBroker();
    broker.plug(new FreshOnly(message -> message.getBooleanProperty("suspect")));
    try (JMSContext client = broker.context(JMSContext.AUTO_ACKNOWLEDGE)) {
      for (String text : List.of("a", "suspect", "b")) {
        TextMessage message = client.createTextMessage(text);
        message.setBooleanProperty("suspect", text.equals("suspect"));
        client.createProducer().send(client.createQueue(QUEUE), message);
      }
    }
  }

  @AfterEach
  void end() throws Exception {
    broker.close();
  }

  /** All that a consumer gets. */
  private List<String> taken(String selector) throws JMSException {
    List<String> all = new ArrayList<>();
    try (JMSContext context = broker.context(JMSContext.AUTO_ACKNOWLEDGE)) {
      JMSConsumer consumer = context.createConsumer(context.createQueue(QUEUE), selector);
      for (Message next = consumer.receiveNoWait(); next != null; next = consumer.receiveNoWait()) {
        all.add(((TextMessage) next).getText());
      }
    }
    return all;
  }

  @Test
  void whenTakenForAGroup_thenTheSuspectIsLeftOut() throws JMSException {
    assertThat(taken(FreshOnly.SELECTOR)).containsExactly("a", "b");
    assertThat(taken("TRUE")).containsExactly("suspect");
  }

  @Test
  void whenTakenForAGroupInOrder_thenNothingIsTakenPastTheSuspect() throws JMSException {
    String inOrder = FreshOnly.IN_ORDER + " AND " + FreshOnly.SELECTOR;

    assertThat(taken(inOrder)).containsExactly("a");
    assertThat(taken(inOrder)).isEmpty();
    assertThat(taken("TRUE")).containsExactly("suspect", "b");
    assertThat(taken(inOrder)).isEmpty();
  }

  @Test
  void whenTakenAlone_thenAllAreGiven() throws JMSException {
    assertThat(taken("TRUE")).containsExactly("a", "suspect", "b");
  }
}
