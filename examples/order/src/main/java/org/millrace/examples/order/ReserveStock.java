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

/**
 * Takes the goods out of the stock; if any are short it takes none and says OUT_OF_STOCK.
 *
 * <p>Every order locks the same few rows, so orders side by side would only wait for each other.
 * One session does them one after the other, many in one commit.
 */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.stage.reserve-stock"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1")
    })
public class ReserveStock extends StageListener {

  @Resource(lookup = Tables.DATA_SOURCE)
  DataSource database;

  @Override
  protected StageResult handle(StageContext work) throws SQLException {
    Map<String, Long> quantities = Order.of(work).quantities();
    try (Connection connection = database.getConnection();
        PreparedStatement take =
            connection.prepareStatement("update stock set quantity = quantity - ? where sku = ?")) {
      Map<String, Long> stock = Stock.lock(connection);
      // A business error commits what was written before it, so nothing is written before all are
      // found to be enough.
      for (Map.Entry<String, Long> wanted : quantities.entrySet()) {
        if (stock.getOrDefault(wanted.getKey(), 0L) < wanted.getValue()) {
          return StageResult.error("OUT_OF_STOCK", "too few of sku " + wanted.getKey());
        }
      }
      for (Map.Entry<String, Long> wanted : quantities.entrySet()) {
        take.setLong(1, wanted.getValue());
        take.setString(2, wanted.getKey());
        take.executeUpdate();
      }
    }
    return StageResult.done();
  }
}
