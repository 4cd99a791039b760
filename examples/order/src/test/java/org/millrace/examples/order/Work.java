package org.millrace.examples.order;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.millrace.api.StageContext;

/** A piece of work as the engine would hand it to a stage. */
record Work(String workId, Map<String, Object> variables) implements StageContext {

  /** Work on an order whose total is already known. */
  static Work on(String customer, Object... items) {
    return new Work(
        "work-1",
        Map.of(
            "orderId",
            "4711",
            "customer",
            customer,
            "items",
            List.of(items),
            "total",
            new BigDecimal("37.50")));
  }

  static Map<String, Object> item(String sku, long quantity, String price) {
    return Map.of("sku", sku, "quantity", quantity, "price", new BigDecimal(price));
  }

  @Override
  public String instanceId() {
    return "instance-1";
  }

  @Override
  public String process() {
    return "order";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String activity() {
    return "activity";
  }

  @Override
  public String businessKey() {
    return "4711";
  }

  @Override
  public int attempt() {
    return 1;
  }
}
