package org.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Message;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {

  private final Deque<Boolean> answers = new ArrayDeque<>();
  private final Outage outage = new Outage(answers::remove, Duration.ofMillis(1));

  /** No more than how it was delivered. */
  private static Message message(boolean redelivered) {
    return (Message)
        Proxy.newProxyInstance(
            OutageTest.class.getClassLoader(),
            new Class<?>[] {Message.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("getJMSRedelivered");
              return redelivered;
            });
  }

  @Test
  void givenAMessageThatIsNew_thenNobodyAsks() {
    outage.sitOut(message(false));

    assertThat(answers).isEmpty();
  }

  @Test
  void givenTheDatabaseIsAway_whenAMessageComesAgain_thenItWaitsUntilItIsBack() {
    answers.addAll(List.of(false, false, true));

    outage.sitOut(message(true));

    assertThat(answers).isEmpty();
  }
}
