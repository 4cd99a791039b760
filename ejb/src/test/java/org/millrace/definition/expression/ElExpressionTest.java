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

class ElExpressionTest {

  private static final Map<String, Object> ORDER =
      Json.readObject(
          """
          {"orderId": "4711", "total": 10000.50, "count": 2, "paid": true, "none": null,
           "items": [{"sku": "A", "price": 10.5}]}
          """);

  private static Object evaluate(String el) {
    return Expressions.value(el).evaluate(ORDER, Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${orderId} | \"4711\"",
        "${not (count eq 3) and (empty (none))} | true",
        "#{orderId} | \"4711\"",
        "${total > 10000} | true",
        "${total > 10000 && !paid} | false",
        "${count + 1} | 3",
        "${count / 4} | 0.5",
        "${items[0].sku} | \"A\"",
        "${items[0]['price']} | 10.5",
        "${items[0].nosuch} | null",
        "${none} | null",
        "${empty none} | true",
        "${paid ? 'yes' : 'no'} | \"yes\"",
        "${'a' += orderId} | \"a4711\"",
        "${count == 2 and count <= 2 and count >= 2 and count != 3} | true",
        "Order ${orderId} | \"Order 4711\"",
        "${orderId}/${count} | \"4711/2\"",
        "a -> b = ${count} | \"a -> b = 2\"",
        "${'a->b=c'} | \"a->b=c\"",
        "${[1, 2]} | [1,2]",
        "${{'a': count}} | {\"a\":2}",
        "${items} | [{\"sku\":\"A\",\"price\":10.5}]",
        "${orderId.length()} | 4",
        "${orderId.startsWith('47') && orderId.contains('1') && !orderId.isEmpty()} | true",
        "${orderId.equals('4711') ? orderId.substring(1, 3) : ''} | \"71\"",
        "${items.size() > 0 && items.get(0).get('sku') == 'A'} | true",
        "${items[0].containsKey('price') && items.contains(none)} | false",
        "${count.equals(2.0)} | true",
        "${count.toString().concat('x')} | \"2x\"",
        "${total.intValue()} | 10000",
        "${execution.getVariable('count') == 2 && !execution.hasVariable('nosuch')} | true",
        "${empty execution.getVariable('nosuch')} | true",
        "${now()} | \"1970-01-01T00:00Z\"",
        "${dateTime().plusDays(1).minusHours(2).toDate()} | \"1970-01-01T22:00Z\""
      })
  void computesFromVariables(String el, String json) {
    assertThat(Json.write(evaluate(el))).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${nosuch}",
        "${Runtime.getRuntime()}",
        "${Runtime.getRuntime().exec('true')}",
        "${System.exit(0)}",
        "${Boolean.TRUE}",
        "${Integer(7)}",
        "${''.class}",
        "${''.getClass()}",
        "${orderId.class.forName('java.lang.Runtime')}",
        "${orderId.getClass().forName('java.lang.Runtime')}",
        "${orderId['class']}",
        "${items.stream().count()}",
        "${items.get(7)}",
        "${orderId.substring(9)}",
        "${orderId.matches('(a*)*b')}",
        "${count.length()}",
        "${items.get(none)}",
        "${execution.getBusinessKey()}",
        "${execution.processInstanceId}",
        "${execution.setVariable('a', 1)}",
        "${execution.getVariables().put('a', 1)}",
        "${execution.class}",
        "${now().getClass()}",
        "${now().plusYears(2000000000)}",
        "${execution}",
        "${items.class}",
        "${items[0].put('sku', 'C')}",
        "${items[0].getClass()}",
        "${[1].add(2)}",
        "${total.class}",
        "${1 / 0 + none.x.y(1)}",
        "${fn:length(items)}",
        "${length(items)}",
        "${count = 1}",
        "${items[0].sku = 'C'}",
        "${(x -> x)(1)}",
        "${x -> x}",
        "${(x->x(x))(x->x(x))}",
        "${unclosed",
        "${}",
        "${a b}",
        "${'x' + 1}",
        "${orderId}#{orderId}"
      })
  void givenAnythingButALookAtVariables_thenItIsRefused(String el) {
    String before = Json.write(ORDER);

    assertThatThrownBy(() -> evaluate(el))
        .isInstanceOfAny(ExpressionException.class, EvaluationException.class)
        .hasMessageContaining(el);
    assertThat(Json.write(ORDER)).isEqualTo(before);
  }

  @Test
  void whatHasNoJsonValueIsRefused() {
    assertThatThrownBy(() -> evaluate("${1.0 / 0}"))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("Infinity");
  }

  @Test
  void givenAnExpressionThatNestsTooDeep_thenItIsRefused() {
    assertThatThrownBy(() -> evaluate("${" + "(".repeat(4900) + "1" + ")".repeat(4900) + "}"))
        .isInstanceOfAny(ExpressionException.class, EvaluationException.class);
  }
}
