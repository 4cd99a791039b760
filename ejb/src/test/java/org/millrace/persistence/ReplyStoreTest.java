package org.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.execution.ReplyStore.ReplyTo;

@ParameterizedClass
@EnumSource
class ReplyStoreTest {

  private final TestDatabase database;

  ReplyStoreTest(TestDatabase.Kind kind) {
    database = TestDatabase.of(kind);
  }

  @BeforeEach
  void clear() {
    database.clear();
  }

  private List<ReplyTo> take(String instanceId) {
    return database.inTransaction(() -> database.replies.take(instanceId));
  }

  @Test
  void givenSomeWhoWait_thenAllOfTheInstanceAreTakenOnce_oldestFirst() {
    ReplyTo first = new ReplyTo("jms.queue.millrace.reply.b", "2");
    ReplyTo second = new ReplyTo("jms.queue.millrace.reply.a", "1".repeat(5000));
    ReplyTo other = new ReplyTo("jms.queue.millrace.reply.c", "3");
    database.inTransaction(
        () -> {
          database.replies.add("i-1", first);
          database.replies.add("i-2", other);
          database.replies.add("i-1", second);
        });

    assertThat(take("i-1")).containsExactly(first, second);
    assertThat(take("i-1")).isEmpty();
    assertThat(take("i-2")).containsExactly(other);
  }
}
