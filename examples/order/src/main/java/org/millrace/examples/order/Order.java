package org.millrace.examples.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.millrace.api.StageContext;

/** The order that an instance is about, read from its variables. */
record Order(String id, String customer, List<Item> items) {

  /** What one line of the order asks for; the price is that of one piece. */
  record Item(String sku, int quantity, BigDecimal price) {}

  /**
   * Reads the start variables {@code orderId}, {@code customer} and {@code items}.
   *
   * @throws IllegalArgumentException if they are not those of an order; the message says why
   */
  static Order of(StageContext work) {
    List<Item> items = new ArrayList<>();
    for (Object item : work.variable("items", List.class)) {
      items.add(item(items.size() + 1, item));
    }
    if (items.isEmpty()) {
      throw new IllegalArgumentException("an order needs at least one item");
    }
    return new Order(
        work.variable("orderId", String.class), work.variable("customer", String.class), items);
  }

  /** The sum of all quantities times their prices, in whole cents. */
  BigDecimal total() {
    return items.stream()
        .map(item -> item.price().multiply(BigDecimal.valueOf(item.quantity())))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .setScale(2, RoundingMode.HALF_UP);
  }

  /** The quantity of each sku, in the order of the skus. */
  SortedMap<String, Long> quantities() {
    SortedMap<String, Long> quantities = new TreeMap<>();
    for (Item item : items) {
      quantities.merge(item.sku(), (long) item.quantity(), Long::sum);
    }
    return quantities;
  }

  private static Item item(int number, Object item) {
    if (item instanceof Map<?, ?> fields
        && fields.get("sku") instanceof String sku
        && fields.get("quantity") instanceof Long quantity
        && quantity >= 1
        && quantity <= Integer.MAX_VALUE
        && fields.get("price") instanceof Number price) {
      BigDecimal exactPrice = new BigDecimal(price.toString());
      if (exactPrice.signum() >= 0) {
        return new Item(sku, quantity.intValue(), exactPrice);
      }
    }
    throw new IllegalArgumentException(
        "item %d needs a sku, a whole quantity from 1 and a price not below 0".formatted(number));
  }
}
