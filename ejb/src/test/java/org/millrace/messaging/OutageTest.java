package org.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Message;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutageTest {

  private static final String FULL = "No space left on device";

  /** What a database says that can be written. */
  private static final String FINE = "";

  private final Deque<String> answers = new ArrayDeque<>();
  private final Logger logger = Logger.getLogger(Outage.class.getName());
  private final Lines lines = new Lines();
  private final Outage outage = outage(Duration.ofMillis(1));

  private Outage outage(Duration pause) {
    return new Outage(
        () -> {
          String answer = answers.remove();
          return answer.equals(FINE) ? null : answer;
        },
        pause);
  }

  /** What was logged. */
  private static final class Lines extends Handler {

    private final List<String> all = new ArrayList<>();

    @Override
    public void publish(LogRecord line) {
      all.add(new SimpleFormatter().formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    logger.addHandler(lines);
  }

  @AfterEach
  void listenNoMore() {
    logger.removeHandler(lines);
  }

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
  void givenTheDatabaseIsFine_whenManyMessagesComeAgainAtOnce_thenOneAsksForAll() {
    Outage shared = outage(Duration.ofHours(1));
    answers.add(FINE);

    shared.sitOut(message(true));
    shared.sitOut(message(true));

    assertThat(answers).isEmpty();
  }

  @Test
  void givenTheDatabaseIsAway_whenAMessageComesAgain_thenItWaitsUntilItIsBack() {
    answers.addAll(List.of(FULL, FULL, FINE));

    outage.sitOut(message(true));

    assertThat(answers).isEmpty();
  }

  @Test
  void givenTheDatabaseWasAway_thenThatIsKnownForAWhile() {
    answers.add(FINE);
    outage.sitOut(message(true));
    assertThat(outage.wasWithin(Duration.ofHours(1))).isFalse();

    answers.addAll(List.of(FULL, FINE));
    while (!answers.isEmpty()) {
      outage.sitOut(message(true));
    }

    assertThat(outage.wasWithin(Duration.ofHours(1))).isTrue();
    assertThat(outage.wasWithin(Duration.ZERO)).isFalse();
  }

  @Test
  void givenTheDatabaseComesAndGoes_thenTheLogSaysItOnceWithTheCause() {
    answers.addAll(List.of(FULL, FINE, FULL, FULL, FINE, FULL, FINE));

    while (!answers.isEmpty()) {
      outage.sitOut(message(true));
    }

    assertThat(lines.all).hasSize(2);
    assertThat(lines.all.get(0)).contains("cannot be written", FULL, "make room");
    assertThat(lines.all.get(1)).contains("again");
  }
}
