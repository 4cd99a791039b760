package org.millrace.web.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.millrace.web.problem.ProblemException;

class StrictParametersTest {

  private static final Set<String> KNOWN = new TreeSet<>(Set.of("process", "stage"));

  private final MultivaluedHashMap<String, String> given = new MultivaluedHashMap<>();

  @Test
  void givenKnownParameters_whenChecked_thenFine() {
    given.add("stage", "a");

    assertThatCode(() -> StrictParameters.check(KNOWN, given)).doesNotThrowAnyException();
  }

  @Test
  void givenUnknownParameter_whenChecked_thenRefusedWithTheKnownOnes() {
    given.add("proces", "a");

    assertThatThrownBy(() -> StrictParameters.check(KNOWN, given))
        .isInstanceOf(ProblemException.class)
        .hasMessage("there is no parameter proces here; there are: process, stage");
  }

  @Test
  void givenParameterTwice_whenChecked_thenRefused() {
    given.put("stage", List.of("a", "b"));

    assertThatThrownBy(() -> StrictParameters.check(KNOWN, given))
        .isInstanceOf(ProblemException.class)
        .hasMessage("stage: is given more than once");
  }

  @Test
  void givenNul_whenChecked_thenRefused() {
    given.add("stage", "a\0");

    assertThatThrownBy(() -> StrictParameters.check(KNOWN, given))
        .isInstanceOf(ProblemException.class);
  }
}
