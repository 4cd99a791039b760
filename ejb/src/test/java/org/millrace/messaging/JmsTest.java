package org.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JmsTest {

  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = new TestBroker();
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void givenATimerWasSetInTheSameSession_thenWhatIsSentAfterItComesAtOnce() throws JMSException {
    Jms jms = broker.jms;

    jms.together(
        () -> {
          jms.run(
              context ->
                  Jms.producer(context)
                      .setDeliveryDelay(Duration.ofHours(1).toMillis())
                      .setPriority(9)
                      .send(jms.queue(context, "timer"), "later"));
          jms.run(context -> Jms.producer(context).send(jms.queue(context, "reply"), "now"));
        });

    Message reply = broker.take("reply");
    assertThat(reply.getBody(String.class)).isEqualTo("now");
    assertThat(reply.getJMSPriority()).isEqualTo(Message.DEFAULT_PRIORITY);
  }
}
