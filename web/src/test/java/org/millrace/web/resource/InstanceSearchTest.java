package org.millrace.web.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.operation.InstanceQuery;
import org.millrace.api.operation.Refusal;

class InstanceSearchTest {

  @Test
  void givenNothing_whenRead_thenTheFirstFiftyOfAll() {
    var all = new InstanceQuery(null, null, null, null, null, 0, 50);

    assertThat(InstanceSearch.of(null, null, null, null, null, null, null)).isEqualTo(all);
    assertThat(InstanceSearch.of("", "", "", "", "", "", "")).isEqualTo(all);
  }

  @Test
  void givenEverything_whenRead_thenAllOfIt() {
    assertThat(InstanceSearch.of("order", "4711", "failed", "ship", "a:b:c", "20", "500"))
        .isEqualTo(new InstanceQuery("order", "4711", "failed", "ship", "a:b:c", 20, 500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "1.5", "2147483648", " 1"})
  void givenFromThatIsNoPlace_whenRead_thenRefused(String from) {
    assertThatThrownBy(() -> search(from, null))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("from: must be an integer from 0 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "501", "x"})
  void givenSizeOutOfBounds_whenRead_thenRefused(String size) {
    assertThatThrownBy(() -> search(null, size))
        .isInstanceOf(Refusal.class)
        .hasMessage("size: must be an integer from 1 to 500");
  }

  private static InstanceQuery search(String from, String size) {
    return InstanceSearch.of(null, null, null, null, null, from, size);
  }
}
