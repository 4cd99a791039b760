package org.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.transaction.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.execution.Ids;
import org.millrace.observability.StageMeter;

class AttemptTest {

  private static final WorkMessage WORK =
      new WorkMessage(new Ids("i", 1), "a", "p", 1, "a", null, 1, 1, Map.of());

  /** As when the database is down. */
  private static final class Unreachable extends Attempts {
    private int asked;

    @Override
    public void failed(Ids work, int attempt, Throwable cause) {
      asked++;
      throw new IllegalStateException("no connection");
    }
  }

  @Test
  void givenNoDatabase_whenAnAttemptFails_thenTheTransactionStillComesToItsEnd() {
    StageMeter meter = new StageMeter("a", System::nanoTime);
    Unreachable database = new Unreachable();
    Attempt attempt = new Attempt(database, meter);
    attempt.take(1);
    attempt.begin(WORK);
    attempt.failed(new IllegalStateException("author"));

    assertThatCode(() -> attempt.afterCompletion(Status.STATUS_ROLLEDBACK))
        .doesNotThrowAnyException();

    assertThat(database.asked).isEqualTo(1);
    assertThat(meter.failedCount()).isEqualTo(1);
  }

  @Test
  void givenAGroup_whenItIsRolledBack_thenNobodyIsToBlameYet() {
    StageMeter meter = new StageMeter("a", System::nanoTime);
    Unreachable database = new Unreachable();
    Attempt attempt = new Attempt(database, meter);
    attempt.take(1);
    attempt.begin(WORK);
    attempt.take(1); // The next one's instance could not even be read.
    attempt.failed(new IllegalStateException("author"));

    attempt.afterCompletion(Status.STATUS_ROLLEDBACK);

    assertThat(database.asked).isZero();
    assertThat(meter.failedCount()).isZero();
  }

  @Test
  void givenAGroup_whenItIsCommitted_thenAllOfItIsDone() {
    StageMeter meter = new StageMeter("a", System::nanoTime);
    Attempt attempt = new Attempt(new Unreachable(), meter);
    attempt.take(2);
    attempt.begin(WORK);
    attempt.begin(WORK);

    attempt.afterCompletion(Status.STATUS_COMMITTED);

    assertThat(meter.completedCount()).isEqualTo(2);
  }
}
