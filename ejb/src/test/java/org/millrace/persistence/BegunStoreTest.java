package org.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;

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
    database.inTransaction(() -> database.begun.end("work"));

    assertThat(begin("work", "b")).isZero();
  }

  @Test
  void givenItNeverBegan_whenItEnds_thenNothingHappens() {
    database.inTransaction(() -> database.begun.end("work"));

    assertThat(begin("work", "a")).isZero();
  }
}
