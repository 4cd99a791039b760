package org.millrace.definition.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.json.Json;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Literal;

class ExpressionsTest {

  @ParameterizedTest
  @CsvSource({
    "x > 1,",
    "= x > 1,",
    "${x > 1},",
    "#{x > 1},",
    "x > 1, feel",
    "= x > 1, FEEL",
    "x > 1, https://www.omg.org/spec/DMN/20191111/FEEL/",
    "${x > 1}, juel",
    "${x > 1}, el"
  })
  void aConditionIsFeelUnlessItIsMarkedAsEl(String text, String language) {
    assertThat(Expressions.condition(text, language).evaluate(Map.of("x", 2L), Instant.EPOCH))
        .isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript", "groovy", "http://www.w3.org/1999/XPath", "python"})
  void givenAnotherLanguage_thenItIsRefusedByName(String language) {
    assertThatThrownBy(() -> Expressions.condition("1", language))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining(language);
  }

  @Test
  void givenElWithoutItsMark_thenItIsRefused() {
    assertThatThrownBy(() -> Expressions.condition("x > 1", "juel"))
        .hasMessageContaining("written ${...}");
  }

  @Test
  void aValueWithoutMarkIsALiteral() {
    assertThat(Expressions.value(" PT1H ")).isEqualTo(new Literal("PT1H"));
    assertThat(Expressions.value("PT1H").evaluate(Map.of(), Instant.EPOCH)).isEqualTo("PT1H");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void anEmptyTextIsNoExpression(String text) {
    assertThatThrownBy(() -> Expressions.value(text)).hasMessage("the expression is empty");
    assertThatThrownBy(() -> Expressions.condition(text, null))
        .hasMessage("the expression is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"= [deep]", "${[deep]}"})
  void givenAValueThatNestsDeeperThanVariablesMay_thenItIsRefused(String text) {
    Map<String, Object> deepest =
        Json.readObject("{\"deep\":" + "[".repeat(63) + "]".repeat(63) + "}");

    assertThat(Expressions.value("= deep").evaluate(deepest, Instant.EPOCH))
        .isEqualTo(deepest.get("deep"));
    assertThatThrownBy(() -> Expressions.value(text).evaluate(deepest, Instant.EPOCH))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("nests too deep");
  }
}
