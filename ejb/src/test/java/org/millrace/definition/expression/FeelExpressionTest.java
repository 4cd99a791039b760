package org.millrace.definition.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.json.Json;
import org.millrace.kernel.graph.Expression.EvaluationException;

class FeelExpressionTest {

  private static final Instant NOW = Instant.parse("2026-03-29T00:30:00Z");

  private static final Map<String, Object> ORDER =
      Json.readObject(
          """
          {"orderId": "4711", "customer": null, "paid": true, "discount": 0.1,
           "items": [{"sku": "A", "quantity": 2, "price": 10.50}, {"sku": "B", "quantity": 1, "price": 5}]}
          """);

  private static Object evaluate(String feel) {
    return Expressions.condition(feel, null).evaluate(ORDER, NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "= orderId | \"4711\"",
        "orderId = \"4711\" | true",
        "sum(for i in items return i.quantity * i.price) | 26.00",
        "sum(for i in items return i.quantity * i.price) > 10000 | false",
        "count(items) | 2",
        "2 + 3 | 5",
        "1.5 + 1.5 | 3.0",
        "2 ** 10 | 1024",
        "1 / 3 | 0.3333333333333333333333333333333333",
        "items[sku = \"B\"].price | [5]",
        "{total: count(items), ids: items.sku} | {\"total\":2,\"ids\":[\"A\",\"B\"]}",
        "null | null",
        "customer | null",
        "nothing | null",
        "nothing > 3 | null",
        "nothing.more.yet | null",
        "if paid then \"yes\" else \"no\" | \"yes\"",
        "customer = null | true",
        "string(discount) | \"0.1\"",
        "from json(\"{\\\"a\\\": [1]}\") | {\"a\":[1]}",
        "matches(\"ABC\", \"^a.c$\", \"i\") | true",
        "replace(\"a1b22\", \"[0-9]+\", \"#\") | \"a#b#\"",
        "replace(\"a-A\", \"a\", \"x\", \"i\") | \"x-x\"",
        "replace(\"a\", \"(\", \"x\") | null",
        "split(\"a;b\", \";\") | [\"a\",\"b\"]",
        "extract(\"a1b22\", \"[0-9]+\") | [\"1\",\"22\"]",
        "matches(null, \"a\") | null"
      })
  void computesFromVariables(String feel, String json) {
    assertThat(Json.write(evaluate(feel))).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "now() | 2026-03-29T00:30:00Z",
        "today() | 2026-03-29",
        "now() + duration(\"PT1H\") | 2026-03-29T01:30:00Z",
        "date(\"2024-02-29\") | 2024-02-29",
        "time(\"10:00:00\") | 10:00:00",
        "time(\"10:00:00+02:00\") | 10:00:00+02:00",
        "date and time(\"2024-01-01T00:00:00\") | 2024-01-01T00:00:00",
        "date and time(\"2024-01-01T00:00:00@Europe/Paris\") | 2024-01-01T00:00:00+01:00",
        "duration(\"PT90M\") | PT1H30M",
        "duration(\"P1Y2M\") | P1Y2M"
      })
  void temporalValuesAreIso8601_andTheTimeIsTheEvaluations(String feel, String text) {
    assertThat(evaluate(feel)).isEqualTo(text);
  }

  @Test
  void manyThreadsHaveEachItsOwnTime() {
    var now = Expressions.value("= now()");

    assertThat(
            IntStream.range(0, 2000)
                .parallel()
                .filter(
                    i ->
                        !Instant.ofEpochSecond(i)
                            .toString()
                            .equals(now.evaluate(Map.of(), Instant.ofEpochSecond(i)))))
        .isEmpty();
  }

  @Test
  void valuesAreOfTheEnginesOwnTypes() {
    Object value = evaluate("{a: 1, b: 1.5, c: [true, null, {}], d: items[1]}");

    assertThat(value).isExactlyInstanceOf(LinkedHashMap.class);
    assertThat((Map<?, ?>) value)
        .isEqualTo(
            Json.readObject(
                "{\"a\":1,\"b\":1.5,\"c\":[true,null,{}],\"d\":{\"sku\":\"A\",\"quantity\":2,\"price\":10.50}}"));
    assertThat(((Map<?, ?>) value).get("b")).isEqualTo(new BigDecimal("1.5"));
  }

  @Test
  void aVariableMayHoldNull() {
    Map<String, Object> variables = new HashMap<>();
    variables.put("a", null);

    assertThat(Expressions.value("=a = null").evaluate(variables, NOW)).isEqualTo(true);
  }

  @Test
  void theSourceKeepsItsMark() {
    assertThat(Expressions.value(" = orderId ").source()).isEqualTo("= orderId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "= ",
        "1 +",
        "if x",
        "\"open",
        "a b c",
        "x >",
        "${x",
        "items[1].keySet()",
        "function(x) external { java: { class: \"java.lang.Math\", method signature: \"abs(int)\" } }"
      })
  void givenNoFeel_thenItIsRefusedAtDeployment(String feel) {
    assertThatThrownBy(() -> Expressions.condition(feel, "feel"))
        .isInstanceOf(ExpressionException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nosuch(1)",
        "assert(null, paid = false)",
        "items.size()",
        "function(x) x",
        "random number()",
        "uuid()"
      })
  void givenWhatHasNoValue_thenTheErrorNamesTheExpression(String feel) {
    assertThatThrownBy(() -> evaluate(feel))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(feel);
  }

  @ParameterizedTest
  @ValueSource(strings = {"orderId.class", "items.class", "items[1].class", "\"a\".bytes"})
  void nothingOfJavaIsInReach(String feel) {
    assertThat(evaluate(feel)).isIn(null, List.of(), Arrays.asList(null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for i in 1..1000000000 return i",
        "for i in 1..1000, j in 1..1000 return i * j",
        "for i in -1..-1000000000 return i",
        "some i in 1..1000000000 satisfies i = 5",
        "every i in 1..1000, j in 1..1000, k in 1..1000 satisfies true",
        "count(for i in 1..50000 return count(for j in 1..50000 return j))",
        "{a: \"xxxxxxxxxxxxxxxx\", b: a+a+a+a+a+a+a+a, c: b+b+b+b+b+b+b+b, d: c+c+c+c+c+c+c+c, e: d+d+d+d+d+d+d+d, f: e+e+e+e+e+e+e+e, g: f+f+f+f+f+f+f+f, h: g+g+g+g+g+g+g+g}.h",
        "2 ** 999999999",
        "matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"((a+)+)+b\")",
        "matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"((A+)+)+b\", \"i\")",
        "replace(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa#!\", \"#$|((a+)+)+b\", \"x\")",
        "replace(flags: \"i\", replacement: \"x\", pattern: \"((A+)+)+b\", input: \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\")",
        "split(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"((a+)+)+b\")",
        "extract(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"((a+)+)+b\")",
        "for i in 1..100000 return matches(\"aaaaaaaaaaaaaaaaa!\", \"((a+)+)+b\")"
      })
  @Timeout(120)
  void givenAnExpressionThatCostsTooMuch_thenItIsGivenUp(String feel) {
    assertThatThrownBy(() -> evaluate(feel)).isInstanceOf(EvaluationException.class);
  }

  @Test
  @Timeout(120)
  void givenAnExpressionThatNestsTooDeep_thenItIsRefused() {
    assertThatThrownBy(() -> evaluate("(".repeat(4900) + "1" + ")".repeat(4900)))
        .isInstanceOf(ExpressionException.class);
    assertThatThrownBy(() -> evaluate("x".repeat(10_001)))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("at most 10000");
  }
}
