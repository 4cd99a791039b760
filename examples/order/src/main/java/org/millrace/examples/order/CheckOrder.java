package org.millrace.examples.order;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.jms.MessageListener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.millrace.api.StageContext;
import org.millrace.api.StageListener;
import org.millrace.api.StageResult;

/** Sets the variable {@code total}; what is no order is the business error INVALID_ORDER. */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.stage.check-order"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "8")
    })
public class CheckOrder extends StageListener {

  @Resource(lookup = Tables.DATA_SOURCE)
  DataSource database;

  @Override
  protected StageResult handle(StageContext work) throws SQLException {
    try {
      Order order = Order.of(work);
      for (String sku : order.quantities().keySet()) {
        if (!isSold(sku)) {
          return StageResult.error("INVALID_ORDER", "there is no sku " + sku);
        }
      }
      return StageResult.done().with("total", order.total());
    } catch (IllegalArgumentException notAnOrder) {
      return StageResult.error("INVALID_ORDER", String.valueOf(notAnOrder.getMessage()));
    }
  }

  private boolean isSold(String sku) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select sku from stock where sku = ?")) {
      select.setString(1, sku);
      try (ResultSet found = select.executeQuery()) {
        return found.next();
      }
    }
  }
}
