package org.millrace.examples.order;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.jms.MessageListener;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.millrace.api.StageContext;
import org.millrace.api.StageListener;
import org.millrace.api.StageResult;

/** Charges the total; the customer {@code declined} has a card that is CARD_DECLINED. */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.stage.charge-payment"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "8")
    })
public class ChargePayment extends StageListener {

  @Resource(lookup = Tables.DATA_SOURCE)
  DataSource database;

  @Override
  protected StageResult handle(StageContext work) throws SQLException {
    Order order = Order.of(work);
    if (order.customer().equals("declined")) {
      return StageResult.error("CARD_DECLINED", "the bank declines the customer's card");
    }
    // What was checked, and approved where that was needed.
    BigDecimal total = new BigDecimal(work.variable("total", Number.class).toString());
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into payment (work_id, instance_id, order_id, customer, amount, state)
                values (?, ?, ?, ?, ?, 'charged')
                """)) {
      insert.setString(1, work.workId());
      insert.setString(2, work.instanceId());
      insert.setString(3, order.id());
      insert.setString(4, order.customer());
      insert.setBigDecimal(5, total);
      insert.executeUpdate();
    }
    return StageResult.done();
  }
}
