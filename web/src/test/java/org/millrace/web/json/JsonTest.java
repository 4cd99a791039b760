package org.millrace.web.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.operation.InstanceView.FailureView;
import org.millrace.api.operation.InstanceView.HistoryView;
import org.millrace.api.operation.Refusal;
import org.millrace.api.operation.StageView;

class JsonTest {

  record Body(String text, Integer number, Long large, Variables variables) {}

  @Test
  void givenEveryKindOfValue_whenRead_thenNumbersAreExact() {
    var variables =
        Json.read(
                bytes(
                    """
                    {"null": null, "boolean": true, "long": 9223372036854775807,
                     "beyond": 9223372036854775808, "money": 1.10, "zero": 0.0, "huge": 1e400, "thousand": 1e3,
                     "text": "é\\u00e9\\ud83d\\ude00", "list": [1, {"a": []}]}
                    """),
                Variables.class)
            .values();

    assertThat(variables)
        .containsEntry("null", null)
        .containsEntry("boolean", true)
        .containsEntry("long", Long.MAX_VALUE)
        .containsEntry("beyond", new BigDecimal("9223372036854775808"))
        .containsEntry("money", new BigDecimal("1.10"))
        .containsEntry("zero", new BigDecimal("0.0"))
        .containsEntry("thousand", 1000L)
        .containsEntry("huge", new BigDecimal("1e400"))
        .containsEntry("text", "éé😀")
        .containsEntry("list", List.of(1L, Map.of("a", List.of())));
  }

  @Test
  void givenWhatWasRead_whenWritten_thenItIsTheSameText() {
    String text = "{\"z\":1.10,\"a\":[12345678901234567890123,null,\"\\n\"],\"m\":{\"x\":-5}}";

    var variables = Json.read(bytes(text), Variables.class).values();

    assertThat(Json.write(variables)).asString(UTF_8).isEqualTo(text);
  }

  @Test
  void givenRecord_whenWritten_thenOrderNullsAndTimesAreTheContracts() {
    record View(String b, Instant a, Instant c, Object d) {}

    var view = new View("x", Instant.parse("2026-01-02T03:04:05.678901Z"), Instant.EPOCH, null);

    assertThat(Json.write(view))
        .asString(UTF_8)
        .isEqualTo(
            "{\"b\":\"x\",\"a\":\"2026-01-02T03:04:05.678Z\",\"c\":\"1970-01-01T00:00:00.000Z\","
                + "\"d\":null}");
  }

  @Test
  void givenNothing_whenRead_thenItIsAnEmptyObject() {
    assertThat(Json.read(new byte[0], Variables.class).values()).isEmpty();
    assertThat(Json.read(bytes(" \n"), Variables.class).values()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "1", "\"{}\"", "true"})
  void givenNoObject_whenRead_thenRefused(String text) {
    assertRefused(text, Body.class, "the body: must be a JSON object");
    assertRefused(text, Variables.class, "the body: must be a JSON object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"text\":1}          | text: must be a string",
        "{}{}                  | the body: goes on after its end",
        "{\"text\":{}}         | text: must be a string",
        "{\"number\":\"1\"}    | number: must be an integer of 32 bits",
        "{\"number\":1.0}      | number: must be an integer of 32 bits",
        "{\"number\":true}     | number: must be an integer of 32 bits",
        "{\"number\":2147483648} | number: must be an integer of 32 bits",
        "{\"large\":9223372036854775808} | large: must be an integer of 64 bits",
        "{\"variables\":[]}    | variables: must be a JSON object",
        "{\"variables\":\"\"}  | variables: must be a JSON object",
        "{\"other\":1} | other: there is no such member; there are text, number, large, variables",
        "{\"text\":\"a\\u0000\"} | text: contains the character NUL",
        "{\"variables\":{\"\\u0000\":1}} | variables: contains the character NUL",
        "{\"variables\":{\"a\":1e6145}} | variables: contains a number with an exponent beyond ±6144",
        "{\"variables\":{\"a\":1e99999999999}} | variables: contains a number with an exponent beyond ±6144",
        "{\"variables\":{\"a\":1e-9999999}} | variables: contains a number with an exponent beyond ±6144",
        "{\"variables\":{\"a\":[\"\\udc00\\ud800\"]}} | variables: contains half a surrogate pair",
      })
  void givenMemberThatDoesNotFit_whenRead_thenItIsNamed(String text, String reason) {
    assertRefused(text, Body.class, reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\":1,}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":\"\t\"}",
        "{\"a\":1} x",
        "{\"a\":1,\"a\":2}",
        "{\"b\":{\"a\":1,\"a\":2}}",
        "/**/{}",
        "\ufeff{}"
      })
  void givenTextThatIsNoJson_whenRead_thenTheReasonSaysWhereAndNothingForProgrammers(String text) {
    assertThatThrownBy(() -> Json.read(bytes(text), Variables.class))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("the body is not JSON that can be read, at line 1, column ")
        .hasMessageNotContainingAny("Feature", "REDACTED", "`");
  }

  @Test
  void givenOtherEncodings_whenRead_thenRefused() {
    for (byte[] body :
        List.of(
            "{}".getBytes(UTF_16),
            new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
            new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'})) {
      assertThatThrownBy(() -> Json.read(body, Variables.class))
          .isInstanceOf(Refusal.class)
          .hasMessage("the body is not UTF-8");
    }
  }

  @Test
  void givenVariablesThatNest64Deep_whenRead_thenTaken_andNoDeeper() {
    String deepest = "{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}";
    String deeper = "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";

    assertThat(Json.read(bytes(deepest), Variables.class).values()).containsKey("a");
    assertThat(Json.read(bytes("{\"variables\":" + deepest + "}"), Body.class).variables())
        .isNotNull();
    assertRefused(deeper, Variables.class, "the body: nests deeper than 64");
    assertRefused("{\"variables\":" + deeper + "}", Body.class, "variables: nests deeper than 64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"text\":[", "{\"variables\":{\"a\":["})
  void givenTextThatNestsWithoutEnd_whenRead_thenRefused(String part) {
    assertThatThrownBy(() -> Json.read(bytes(part.repeat(100_000)), Body.class))
        .isInstanceOf(Refusal.class)
        .hasMessageNotContaining("`");
  }

  @Test
  void givenNumberOfMoreDigitsThanAnyoneNeeds_whenRead_thenRefused() {
    assertRefused(
        "{\"variables\":{\"a\":" + "9".repeat(1001) + "}}",
        Body.class,
        "variables: Number value length (1001) exceeds the maximum allowed");
  }

  @Test
  void givenNullsInMaps_whenWritten_thenTheyStay() {
    var map = new LinkedHashMap<String, Object>();
    map.put("a", null);
    map.put("b", Arrays.asList(1, null));

    assertThat(Json.write(map)).asString(UTF_8).isEqualTo("{\"a\":null,\"b\":[1,null]}");
  }

  @Test
  void givenMembersBeyondTheContract_whenWritten_thenTheyAreThereWhereTheySaySomething() {
    var failure = new FailureView(1, Instant.EPOCH, "no luck", null);

    assertThat(Json.write(step(List.of()))).asString(UTF_8).endsWith("\"attempt\":1}");
    assertThat(Json.write(step(List.of(failure))))
        .asString(UTF_8)
        .contains("\"failures\":[{\"attempt\":1,")
        .contains("\"message\":\"no luck\",\"details\":null}]");
    assertThat(Json.write(stage(false))).asString(UTF_8).doesNotContain("retrying");
    assertThat(Json.write(stage(true))).asString(UTF_8).endsWith("\"retrying\":true}");
  }

  private static HistoryView step(List<FailureView> failures) {
    return new HistoryView("pay", "serviceTask", "active", Instant.EPOCH, null, 1, null, failures);
  }

  private static StageView stage(boolean retrying) {
    return new StageView("pay", 0, 0, 0, false, 0, 0, 0, 0, 0, retrying);
  }

  private static void assertRefused(String text, Class<?> type, String reason) {
    assertThatThrownBy(() -> Json.read(bytes(text), type))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID))
        .hasMessage(reason);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
