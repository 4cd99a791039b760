package org.millrace.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** An order, and what its customer means to do about it. */
record Sale(Order order, Kind kind) {

  /** What becomes of orders. */
  enum Kind {
    DELIVERED("alice", 10, 1),
    DECLINED("declined", 10, 1),
    APPROVED("alice", 20_000, 1),
    NOT_APPROVED("alice", 20_000, 1),
    /** While it waits for its approval: nothing has been done yet. */
    CANCELLED("alice", 20_000, 1),
    /** Wherever it is just then: either all is undone, or it has been shipped already. */
    CANCELLED_AT_ONCE("alice", 10, 1),
    INVALID("alice", 10, 0),
    OUT_OF_STOCK("alice", 0, 2_000_000);

    private final String customer;
    private final int price;
    private final int quantity;

    Kind(String customer, int price, int quantity) {
      this.customer = customer;
      this.price = price;
      this.quantity = quantity;
    }
  }

  static Sale random(int number, Random random) {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    String sku = List.of("A", "B", "C").get(random.nextInt(3));
    int quantity = kind.quantity == 1 ? 1 + random.nextInt(3) : kind.quantity;
    String id = "sale-%d-%s".formatted(number, kind);
    return new Sale(new Order(id, kind.customer, sku, quantity, kind.price), kind);
  }

  /** What the customer sends once the order is accepted. */
  List<String> messages() {
    return switch (kind) {
      case DELIVERED, APPROVED -> List.of("delivered");
      case CANCELLED -> List.of("cancel-order");
      case CANCELLED_AT_ONCE -> List.of("cancel-order", "delivered");
      case DECLINED, NOT_APPROVED, INVALID, OUT_OF_STOCK -> List.of();
    };
  }

  /** What the start message says of itself; the order's id makes it known when it comes again. */
  Map<String, Object> startProperties() {
    return Map.of("process", "order", "businessKey", order.id(), "requestId", order.id());
  }

  /** The same of one of the {@link #messages}, which may come before the order waits for it. */
  Map<String, Object> eventProperties(String message) {
    return Map.of(
        "message", message,
        "businessKey", order.id(),
        "requestId", order.id(),
        "timeToLive", Duration.ofDays(1).toMillis());
  }

  boolean needsTask() {
    return kind == Kind.APPROVED || kind == Kind.NOT_APPROVED;
  }
}
