package org.millrace.web.page;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Instances;
import org.millrace.api.operation.StartRequest;

/** The order example's own form: an order is a process {@code order} under the order's number. */
@Named
@ViewScoped
public class OrderPage implements Serializable {

  private static final String PROCESS = "order";

  @EJB private Instances instances;
  @Inject private Attempt attempt;

  /** One form starts one order, however often it is sent. */
  private final String requestId = UUID.randomUUID().toString();

  private String orderId = "O-" + requestId.substring(0, 8);
  private @Nullable String customer;
  private final List<OrderItem> items = new ArrayList<>();
  private BigDecimal total = BigDecimal.ZERO;

  @PostConstruct
  void open() {
    add();
  }

  public void add() {
    items.add(new OrderItem());
    sum();
  }

  public void remove(OrderItem item) {
    items.remove(item);
    sum();
  }

  public void sum() {
    total = items.stream().map(OrderItem::sum).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  public @Nullable String start() {
    Map<String, Object> variables =
        Map.of(
            "orderId", orderId,
            "customer", String.valueOf(customer),
            "items", items.stream().map(OrderItem::plain).toList());
    StartRequest request =
        new StartRequest(
            PROCESS, null, orderId, requestId, StartRequest.DEFAULT_PRIORITY, variables);
    String id = attempt.result(() -> instances.start(request));
    if (id == null) {
      return null;
    }
    attempt.say("order.done", orderId);
    return "instance?faces-redirect=true&id=" + id;
  }

  public String getOrderId() {
    return orderId;
  }

  public void setOrderId(String orderId) {
    this.orderId = orderId;
  }

  public @Nullable String getCustomer() {
    return customer;
  }

  public void setCustomer(@Nullable String customer) {
    this.customer = customer;
  }

  public List<OrderItem> getItems() {
    return items;
  }

  public BigDecimal getTotal() {
    return total;
  }
}
