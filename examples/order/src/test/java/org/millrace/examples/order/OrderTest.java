package org.millrace.examples.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.examples.order.Work.item;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.api.StageResult;

class OrderTest {

  @Test
  void givenItemsInAnyOrder_whenQuantitiesAreAsked_thenEachSkuComesOnceAndInOrder() {
    Order order = Order.of(Work.on("ann", item("C", 1, "1"), item("A", 2, "1"), item("C", 4, "1")));

    assertThat(order.quantities()).containsExactly(Map.entry("A", 2L), Map.entry("C", 5L));
  }

  @Test
  void givenWholeAndBrokenPrices_whenTheTotalIsAsked_thenItIsInCents() {
    Map<String, Object> whole = Map.of("sku", "A", "quantity", 3L, "price", 5L);

    assertThat(Order.of(Work.on("ann", whole, item("B", 1, "0.105"))).total())
        .isEqualTo(new BigDecimal("15.11"));
  }

  static Stream<Arguments> nonsense() {
    Map<String, Object> good = item("A", 1, "1");
    return Stream.of(
        Arguments.of("orderId", null),
        Arguments.of("orderId", 4711L),
        Arguments.of("customer", null),
        Arguments.of("items", null),
        Arguments.of("items", "A"),
        Arguments.of("items", List.of()),
        Arguments.of("items", List.of(good, "A")),
        Arguments.of("items", List.of(good, Map.of("sku", "A", "quantity", 1L))),
        Arguments.of("items", List.of(good, item("A", 0, "1"))),
        Arguments.of("items", List.of(good, item("A", -1, "1"))),
        Arguments.of("items", List.of(good, item("A", 1L << 31, "1"))),
        Arguments.of("items", List.of(good, item("A", 1, "-0.01"))),
        Arguments.of(
            "items", List.of(Map.of("sku", "A", "quantity", new BigDecimal("1.5"), "price", 1L))));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void givenNonsense_whenTheOrderIsChecked_thenItIsInvalidAndTheReasonNamesIt(
      String variable, Object value) throws Exception {
    Map<String, Object> variables =
        new HashMap<>(
            Map.of("orderId", "4711", "customer", "ann", "items", List.of(item("A", 1, "1"))));
    variables.put(variable, value);

    StageResult result = new CheckOrder().handle(new Work("work-1", variables));

    assertThat(result).isInstanceOf(StageResult.BusinessError.class);
    assertThat(((StageResult.BusinessError) result).code()).isEqualTo("INVALID_ORDER");
    assertThat(((StageResult.BusinessError) result).message())
        .containsAnyOf(variable, "item 1", "item 2", "at least one item");
  }
}
