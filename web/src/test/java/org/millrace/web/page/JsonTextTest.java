package org.millrace.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  private final JsonText json = new JsonText();
  private final VariablesConverter converter = new VariablesConverter();

  @Test
  void givenValuesOfAllKindsWhenWrittenAndReadThenTheyAreTheSame() {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("text", "a \"quoted\" 订单\nline");
    variables.put("number", new BigDecimal("19.90"));
    variables.put("whole", 3L);
    variables.put("truth", true);
    variables.put("nothing", null);
    variables.put("items", List.of(Map.of("sku", "A"), List.of()));
    assertThat(read(json.text(variables))).isEqualTo(variables);
  }

  @Test
  void givenAnObjectWhenWrittenThenEachOfItsMembersHasALine() {
    Map<String, Object> value = new LinkedHashMap<>(Map.of("a", 1));
    value.put("b", List.of());
    assertThat(json.text(value).lines().map(String::strip))
        .containsExactly("{", "\"a\": 1,", "\"b\": [ ]", "}");
  }

  @Test
  void givenNothingWhenWrittenThenItSaysNull() {
    assertThat(json.text(null)).isEqualTo("null");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " \n ", "{}", " { } "})
  void givenAnEmptyFieldWhenReadThenThereAreNoVariables(String text) {
    assertThat(read(text)).isEmpty();
  }

  @Test
  void givenManyLinesThenTheyAreFolded() {
    assertThat(json.large("1\n".repeat(20))).isTrue();
    assertThat(json.large(json.text(Map.of("a", Collections.nCopies(20, 1))))).isFalse();
  }

  private Map<String, Object> read(String text) {
    return converter.getAsObject(null, null, text);
  }
}
