package org.millrace.examples.order;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.jms.MessageListener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.millrace.api.StageContext;
import org.millrace.api.StageListener;
import org.millrace.api.StageResult;

/** The compensation of {@link ReserveStock}: puts the goods back, by one session like it. */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.stage.release-stock"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1")
    })
public class ReleaseStock extends StageListener {

  @Resource(lookup = Tables.DATA_SOURCE)
  DataSource database;

  @Override
  protected StageResult handle(StageContext work) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement putBack =
            connection.prepareStatement("update stock set quantity = quantity + ? where sku = ?")) {
      Stock.lock(connection);
      for (Map.Entry<String, Long> reserved : Order.of(work).quantities().entrySet()) {
        putBack.setLong(1, reserved.getValue());
        putBack.setString(2, reserved.getKey());
        putBack.executeUpdate();
      }
    }
    return StageResult.done();
  }
}
