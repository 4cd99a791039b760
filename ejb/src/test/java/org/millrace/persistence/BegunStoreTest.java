package org.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class BegunStoreTest {

  private final TestDatabase database;

  BegunStoreTest(TestDatabase.Kind kind) {
    database = TestDatabase.of(kind);
  }

  @BeforeEach
  void clear() {
    database.clear();
  }

  private int begin(String id, String life) {
    return database.inTransaction(() -> database.begun.begin(id, life));
  }

  @Test
  void givenItIsBegunAgainInTheSameLife_thenTheServerHasNotEndedOverIt() {
    assertThat(begin("work", "a")).isZero();
    assertThat(begin("work", "a")).isZero();
  }

  @Test
  void givenItIsBegunInFurtherLives_thenEachDeathCounts() {
    begin("work", "a");

    assertThat(begin("work", "b")).isEqualTo(1);
    assertThat(begin("work", "b")).isEqualTo(1);
    assertThat(begin("work", "c")).isEqualTo(2);
    assertThat(begin("other", "c")).isZero();
  }

  @Test
  void givenItHasEnded_thenNothingIsRemembered() {
    begin("work", "a");
    database.inTransaction(() -> database.begun.end(List.of("work")));

    assertThat(begin("work", "b")).isZero();
  }

  @Test
  void givenItNeverBegan_whenItEnds_thenNothingHappens() {
    database.inTransaction(() -> database.begun.end(List.of("work")));

    assertThat(begin("work", "a")).isZero();
  }

  private void beginTogether(List<String> ids, String life) {
    database.inTransaction(() -> database.begun.beginTogether(ids, life));
  }

  @Test
  void givenManyAreBegunTogether_thenThatIsOneStatement_andTheirEndOneMore() {
    List<String> ids = IntStream.range(0, 64).mapToObj(Integer::toString).toList();

    assertThat(database.statements(() -> database.begun.beginTogether(ids, "a"))).hasSize(1);
    assertThat(database.statements(() -> database.begun.end(ids))).hasSize(1);
    assertThat(database.number("select count(*) from millrace_begun")).isZero();
  }

  @Test
  void givenTheServerEndedOverOneOfMany_thenItCountsForNone_untilThatOneIsAlone() {
    beginTogether(List.of("innocent", "killer"), "a");

    assertThat(begin("innocent", "b")).isZero();
    assertThat(begin("killer", "b")).isZero();
    database.inTransaction(() -> database.begun.end(List.of("innocent")));

    assertThat(begin("killer", "c")).isEqualTo(1);
  }

  @Test
  void givenOneOfManyIsAloneInTheSameLife_thenTheServersEndCounts() {
    beginTogether(List.of("one", "other"), "a");
    assertThat(begin("one", "a")).isZero();

    assertThat(begin("one", "b")).isEqualTo(1);
    assertThat(begin("other", "b")).isZero();
  }

  @Test
  void givenWorkThatIsThereTwice_thenItIsBegunOnce() {
    begin("work", "a");
    begin("work", "b");
    beginTogether(List.of("work", "work", "other"), "b");

    assertThat(begin("work", "b")).isEqualTo(1);
    assertThat(begin("other", "b")).isZero();
  }

  @Test
  void givenSomeWereBegunInEarlierLives_thenTheseAreUnended() {
    begin("alone", "a");
    beginTogether(List.of("together"), "a");
    begin("now", "b");

    assertThat(database.inTransaction(() -> database.begun.unended("b")))
        .containsExactlyInAnyOrder("alone", "together");
  }
}
