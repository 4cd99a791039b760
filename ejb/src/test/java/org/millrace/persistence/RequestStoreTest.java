package org.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class RequestStoreTest {

  private final TestDatabase database;

  RequestStoreTest(TestDatabase.Kind kind) {
    database = TestDatabase.of(kind);
  }

  @BeforeEach
  void clear() {
    database.clear();
  }

  private @Nullable String claim(String queue, String subject, String request, String result) {
    return database.inTransaction(
        () -> database.requests.claim(queue, subject, request, result, Story.T0));
  }

  private Background<Optional<String>> claiming(String result) {
    return new Background<>(
        database,
        () ->
            Optional.ofNullable(database.requests.claim("start", "order", "r", result, Story.T0)));
  }

  @Test
  void givenARequestThatWasClaimed_thenTheNextOneSeesItsResult() {
    assertThat(claim("start", "order", "r", "first")).isNull();

    assertThat(claim("start", "order", "r", "second")).isEqualTo("first");
    assertThat(claim("start", "order", "r2", "x")).isNull();
    assertThat(claim("start", "refund", "r", "x")).isNull();
    assertThat(claim("event", "order", "r", "x")).isNull();
  }

  @Test
  void givenAResultThatWasReplaced_thenTheNextOneSeesTheNewOne() {
    database.inTransaction(
        () -> {
          database.requests.claim("start", "order", "r", "first", Story.T0);
          database.requests.remember("start", "order", "r", "better");
        });

    assertThat(claim("start", "order", "r", "second")).isEqualTo("better");
  }

  @Test
  void givenTwoAtOnce_thenTheSecondWaitsAndSeesTheFirstOnesResult_andCanGoOn() {
    Background<Optional<String>> first = claiming("first");
    assertThat(first.result()).isEmpty();

    Background<Optional<String>> second =
        new Background<>(
            database,
            () -> {
              Optional<String> found =
                  Optional.ofNullable(
                      database.requests.claim("start", "order", "r", "second", Story.T0));
              database.requests.claim("start", "order", "its own", "kept", Story.T0);
              return found;
            });
    database.awaitBlocked();
    first.commit();

    assertThat(second.result()).contains("first");
    second.commit();
    assertThat(claim("start", "order", "its own", "x")).isEqualTo("kept");
  }

  @Test
  void givenTheFirstRollsBack_thenTheSecondIsTheFirst() {
    Background<Optional<String>> first = claiming("first");
    first.result();

    Background<Optional<String>> second = claiming("second");
    database.awaitBlocked();
    first.rollBack();

    assertThat(second.result()).isEmpty();
    second.commit();
    assertThat(claim("start", "order", "r", "third")).isEqualTo("second");
  }

  @Test
  void whenOldRequestsAreForgotten_thenOldestFirst_andNoMoreThanAsked() {
    for (int i = 0; i < 5; i++) {
      int age = i;
      database.inTransaction(
          () ->
              database.requests.claim(
                  "start", "order", "r" + age, "x", Story.T0.minusSeconds(age)));
    }

    assertThat(forgetBefore(2)).isEqualTo(2);
    assertThat(claim("start", "order", "r3", "again")).isNull();
    assertThat(claim("start", "order", "r2", "again")).isEqualTo("x");
    assertThat(forgetBefore(10)).isEqualTo(2);
    assertThat(forgetBefore(10)).isZero();
    assertThat(claim("start", "order", "r0", "again")).isEqualTo("x");
  }

  private int forgetBefore(int atMost) {
    return database.inTransaction(() -> database.requests.forgetBefore(Story.T0, atMost));
  }
}
