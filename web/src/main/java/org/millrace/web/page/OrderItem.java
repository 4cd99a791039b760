package org.millrace.web.page;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** One row of the order form. */
public class OrderItem implements Serializable {

  private String sku = "A";
  private int quantity = 1;
  private BigDecimal price = new BigDecimal("100");

  BigDecimal sum() {
    return price.multiply(BigDecimal.valueOf(quantity));
  }

  /** As the process takes it, in the order in which people read it. */
  Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("sku", sku);
    plain.put("quantity", (long) quantity);
    plain.put("price", price);
    return plain;
  }

  public String getSku() {
    return sku;
  }

  public void setSku(String sku) {
    this.sku = sku;
  }

  public int getQuantity() {
    return quantity;
  }

  public void setQuantity(int quantity) {
    this.quantity = quantity;
  }

  public BigDecimal getPrice() {
    return price;
  }

  public void setPrice(BigDecimal price) {
    this.price = price;
  }
}
