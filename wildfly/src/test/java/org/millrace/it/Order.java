package org.millrace.it;

import java.util.UUID;

/** An order of one item, for the order example. */
record Order(String id, String customer, String sku, int quantity, int price) {

  /** An order with a number of its own, of two pieces at 10. */
  static Order plain() {
    return of("alice", 2, 10);
  }

  /** Of the sku C: nobody else in these tests takes of it, so that its stock can be followed. */
  static Order of(String customer, int quantity, int price) {
    return new Order("order-" + UUID.randomUUID(), customer, "C", quantity, price);
  }

  /** More than anybody may order without an approval. */
  static Order large() {
    return of("alice", 3, 5000);
  }

  int total() {
    return quantity * price;
  }

  /** The start variables. */
  String json() {
    return """
    {"orderId":"%s","customer":"%s","items":[{"sku":"%s","quantity":%d,"price":%d}]}\
    """
        .formatted(id, customer, sku, quantity, price);
  }
}
