package org.millrace.operation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.operation.InstanceQuery;
import org.millrace.api.operation.Refusal;

class InstanceOperationsTest {

  private static InstanceQuery query(String state, String variable, int from, int size) {
    return new InstanceQuery(null, null, state, null, variable, from, size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "suspended", "completed", "failed", "terminated", "cancelled"})
  void givenAStateOfTheContract_whenSearched_thenTaken(String state) {
    assertThatCode(() -> InstanceOperations.check(query(state, "a:b:c", 20, 500)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Running |     | 0  | 50  | state: must be one of running, suspended, completed, failed, ",
        "active  |     | 0  | 50  | state: must be one of ",
        "        | a   | 0  | 50  | variable: must be name:value",
        "        | :b  | 0  | 50  | variable: must be name:value",
        "        |     | -1 | 50  | from: must not be less than 0",
        "        |     | 0  | 0   | size: must be from 1 to 500",
        "        |     | 0  | 501 | size: must be from 1 to 500"
      })
  void givenWhatNoInstanceIsFoundBy_whenSearched_thenRefused(
      String state, String variable, int from, int size, String reason) {
    assertThatThrownBy(() -> InstanceOperations.check(query(state, variable, from, size)))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(reason);
  }

  @Test
  void givenANul_whenSearched_thenRefused() {
    for (InstanceQuery query :
        new InstanceQuery[] {
          new InstanceQuery("\0", null, null, null, null, 0, 50),
          new InstanceQuery(null, "\0", null, null, null, 0, 50),
          new InstanceQuery(null, null, null, "\0", null, 0, 50),
          new InstanceQuery(null, null, null, null, "a:\0", 0, 50)
        }) {
      assertThatThrownBy(() -> InstanceOperations.check(query))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("NUL");
    }
  }
}
