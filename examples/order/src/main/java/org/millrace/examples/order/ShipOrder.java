package org.millrace.examples.order;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.jms.MessageListener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.millrace.api.StageContext;
import org.millrace.api.StageListener;
import org.millrace.api.StageResult;

/** Hands the goods to the carrier. */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.stage.ship-order"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "8")
    })
public class ShipOrder extends StageListener {

  @Resource(lookup = Tables.DATA_SOURCE)
  DataSource database;

  @Override
  protected StageResult handle(StageContext work) throws SQLException {
    Order order = Order.of(work);
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into shipment (work_id, instance_id, order_id, customer)
                values (?, ?, ?, ?)
                """)) {
      insert.setString(1, work.workId());
      insert.setString(2, work.instanceId());
      insert.setString(3, order.id());
      insert.setString(4, order.customer());
      insert.executeUpdate();
    }
    return StageResult.done();
  }
}
