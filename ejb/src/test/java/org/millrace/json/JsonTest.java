package org.millrace.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void readsEachKindOfValue() {
    Map<String, Object> object =
        Json.readObject(
            """
            {"n": null, "b": true, "s": "\\u00e9\\n😀", "i": -7, "d": 1.50, "l": [1, []], "o": {"x": {}}}
            """);

    assertThat(object)
        .containsExactly(
            entry("n", null),
            entry("b", true),
            entry("s", "é\n😀"),
            entry("i", -7L),
            entry("d", new BigDecimal("1.50")),
            entry("l", List.of(1L, List.of())),
            entry("o", Map.of("x", Map.of())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t "})
  void givenNoText_thenTheObjectIsEmpty(String blank) {
    assertThat(Json.readObject(blank)).isEmpty();
    assertThat(Json.readObject(blank.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "-0, 0",
    "1e3, 1000"
  })
  void aNumberWithoutFractionThatFits_isALong(String json, long value) {
    assertThat(Json.read(json)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808",
        "1.0",
        "0.1",
        "-1E-7",
        "1E+30",
        "1E+6143",
        "0.000",
        "1E-41"
      })
  void anyOtherNumber_isABigDecimal_andComesBackExactly(String json) {
    assertThat(Json.read(json)).isEqualTo(new BigDecimal(json));
    assertThat(Json.read(Json.write(new BigDecimal(json)))).isEqualTo(new BigDecimal(json));
  }

  @Test
  void aNumberOfUsualSize_isWrittenWithoutExponent() {
    assertThat(Json.write(new BigDecimal("1E-7"))).isEqualTo("0.0000001");
    assertThat(Json.write(new BigDecimal("10.00"))).isEqualTo("10.00");
    assertThat(Json.write(new BigInteger("123456789012345678901")))
        .isEqualTo("123456789012345678901");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E+1000000000", "1E-1000000000", "1E99999999999", "-1e7000"})
  void givenANumberThatIsABomb_thenItIsRefusedAndNotExpanded(String json) {
    assertThatThrownBy(() -> Json.read(json))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("exponent beyond ±6144");
  }

  @Test
  void givenANumberOfTooManyDigits_thenItIsRefused() {
    assertThat(Json.read("1".repeat(1000))).isInstanceOf(BigDecimal.class);
    assertThatThrownBy(() -> Json.read("1".repeat(1001)))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("more than 1000 digits");
    assertThatThrownBy(() -> Json.read("1".repeat(2_000_000))).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> Json.write(new BigInteger("1".repeat(1001))))
        .isInstanceOf(JsonException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]|must begin with {",
        "7|must begin with {",
        "{\"a\":1,\"a\":2}|the key \"a\" stands here twice",
        "{\"a\":1} x|'x'",
        "{} {}|more text behind the end",
        "{\"a\":|line 1, column",
        "{\"a\":[1,|line 1, column",
        "{'a':1}|line 1, column",
        "{\"a\":NaN}|NaN",
        "{\"a\":01}|eading zeroes",
        "{\"a\":\"\\u0000\"}|U+0000",
        "{\"\\u0000\":1}|U+0000",
        "{\"a\":\"\\ud800\"}|surrogate",
        "{\"a\":\"x\\ud800y\"}|surrogate",
        "{\"a\":\"\\udc00\\ud800\"}|surrogate",
        "{\"a\":1,}|line 1, column",
        "{\"a\" 1}|line 1, column"
      })
  void givenNoJsonObject_thenItIsRefusedWithAReason(String json, String reason) {
    assertThatThrownBy(() -> Json.readObject(json))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void theReasonNamesLineAndColumn() {
    assertThatThrownBy(() -> Json.readObject("{\n  \"a\": 1,\n  \"a\": 2\n}"))
        .hasMessage("line 3, column 3: the key \"a\" stands here twice");
  }

  @Test
  void givenBytesThatAreNotUtf8_thenTheyAreRefused() {
    byte[] latin1 = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> Json.readObject(latin1)).hasMessage("the text is not UTF-8");
  }

  @Test
  void nestingIsAllowedTo64LevelsAndNoFurther() {
    assertThat(Json.readObject("{\"a\":".repeat(64) + "1" + "}".repeat(64))).hasSize(1);
    assertThatThrownBy(() -> Json.readObject("{\"a\":".repeat(65) + "1" + "}".repeat(65)))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("at most 64 levels");
    assertThatThrownBy(() -> Json.read("[".repeat(4_000_000)))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("at most 64 levels");
  }

  @Test
  void whatTheEngineStoredAroundVariables_mayNestDeeper() {
    Object deepest = Json.read("[".repeat(64) + "]".repeat(64));
    String stored = Json.write(Map.of("state", List.of(Map.of("variables", Map.of("v", deepest)))));

    assertThat(Json.readStored(stored))
        .isEqualTo(Map.of("state", List.of(Map.of("variables", Map.of("v", deepest)))));
    assertThatThrownBy(() -> Json.read(stored)).isInstanceOf(JsonException.class);
  }

  @Test
  void aLimitOnTheSizeCountsBytes() {
    String json = "{\"a\":\"éé\"}";
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;

    assertThat(Json.readObject(json, bytes)).containsEntry("a", "éé");
    assertThat(Json.readObject(json.getBytes(StandardCharsets.UTF_8), bytes)).hasSize(1);
    assertThatThrownBy(() -> Json.readObject(json, bytes - 1))
        .hasMessage("the text has 12 bytes; at most 11 are allowed");
    assertThatThrownBy(() -> Json.readObject(json.getBytes(StandardCharsets.UTF_8), bytes - 1))
        .isInstanceOf(JsonException.class);
  }

  @Test
  void variablesStandOnLinesOfTheirOwn() {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("a", 1L);
    variables.put("b", Map.of("c", List.of("x\ny", true)));
    variables.put("d", null);

    assertThat(Json.writeVariables(variables))
        .isEqualTo("{\n\"a\":1,\n\"b\":{\"c\":[\"x\\ny\",true]},\n\"d\":null\n}");
    assertThat(Json.writeVariables(Map.of())).isEqualTo("{}");
  }

  @Test
  void aSearchFindsAVariableOnlyByItsWholeNameAndValue() {
    String text =
        Json.writeVariables(
            Json.readObject("{\"a\":12,\"n\":{\"b\":1,\"c\":2},\"s\":\"q\\\"\\n,\"}"));

    assertThat(Json.variableLines("a", 12)).anyMatch(text::contains);
    assertThat(Json.variableLines("s", "q\"\n,")).anyMatch(text::contains);
    assertThat(Json.variableLines("n", Json.read("{\"b\":1,\"c\":2}"))).anyMatch(text::contains);
    assertThat(Json.variableLines("a", 1)).noneMatch(text::contains);
    assertThat(Json.variableLines("b", 1)).noneMatch(text::contains);
    assertThat(Json.variableLines("s", "q")).noneMatch(text::contains);
  }

  @Test
  void canonicalGivesWhatAReaderWouldGive() {
    List<Object> list =
        new ArrayList<>(Arrays.asList(1, (short) 2, 3.5, 4f, new BigInteger("5"), null));

    assertThat(Json.canonical(list))
        .isEqualTo(Arrays.asList(1L, 2L, new BigDecimal("3.5"), new BigDecimal("4.0"), 5L, null));
    assertThat(Json.canonical(Set.of("x"))).isEqualTo(List.of("x"));
    assertThat(Json.canonical(new BigDecimal("1E+3"))).isEqualTo(1000L);
  }

  @Test
  void givenAValueThatJsonDoesNotHave_thenItIsRefused() {
    List<Object> cyclic = new ArrayList<>();
    cyclic.add(cyclic);
    for (Object value :
        List.of(
            Instant.EPOCH,
            Duration.ZERO,
            'c',
            Double.NaN,
            Float.NEGATIVE_INFINITY,
            Map.of(1, 2),
            cyclic,
            "\0")) {
      assertThatThrownBy(() -> Json.write(value)).isInstanceOf(JsonException.class);
      assertThatThrownBy(() -> Json.canonical(value)).isInstanceOf(JsonException.class);
    }
  }

  @Test
  void givenATextThatNoStoreHolds_thenThereIsOneThatSaysNearlyTheSame() {
    assertThat(Json.storable("a\ud83db\0c")).isEqualTo("a?b\\0c");
    assertThat(Json.flaw("a\ud83db")).contains("surrogate");
    assertThat(Json.flaw("\0")).contains("NUL");
    assertThat(Json.flaw("\ud83d\ude00")).isNull();
    assertThat(Json.storable("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
  }

  @Test
  void givenManyKeysThatHashAlike_thenReadingStaysFast() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 1 << 14; i++) {
      json.append(i == 0 ? "\"" : ",\"");
      for (int bit = 0; bit < 14; bit++) {
        json.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      json.append("\":1");
    }

    assertThat(Json.readObject(json.append('}').toString())).hasSize(1 << 14);
  }

  private static Map.Entry<String, Object> entry(String key, Object value) {
    return new SimpleEntry<>(key, value);
  }
}
