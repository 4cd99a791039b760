package org.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.millrace.execution.WaitStore.Addressed;

/** What a group of messages knows of the waits that they may reach. */
class ExpectedTest {

  private static final Addressed PAID = new Addressed("paid", null, null, "order-1");

  private final Expected expected = new Expected();
  private final Unwritten unwritten = new Unwritten();

  @Test
  void givenNoneWaits_whenAllWereFound_thenThatIsCertain() {
    expected.lookUp(List.of(PAID), (messages, atMost) -> List.of());

    assertThat(expected.isNone(PAID, unwritten)).isTrue();
  }

  @Test
  void givenNoneWaited_whenTheyAreLookedUpAgainAndManyDo_thenItIsNotCertainAnyMore() {
    expected.lookUp(List.of(PAID), (messages, atMost) -> List.of());

    expected.lookUp(
        List.of(PAID),
        (messages, atMost) ->
            IntStream.range(0, atMost).mapToObj(i -> wait("order-" + (i + 2))).toList());

    assertThat(expected.isNone(PAID, unwritten)).isFalse();
  }

  private static MessageWaitRow wait(String correlationKey) {
    MessageWaitRow row = new MessageWaitRow();
    row.id = new Key(correlationKey, 1);
    row.message = "paid";
    row.correlationKey = correlationKey;
    return row;
  }
}
