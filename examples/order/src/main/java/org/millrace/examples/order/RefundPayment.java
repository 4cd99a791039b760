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

/** The compensation of {@link ChargePayment}: gives the money back. */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.stage.refund-payment"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "8")
    })
public class RefundPayment extends StageListener {

  @Resource(lookup = Tables.DATA_SOURCE)
  DataSource database;

  @Override
  protected StageResult handle(StageContext work) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                """
                update payment set state = 'refunded'
                where instance_id = ? and state = 'charged'
                """)) {
      update.setString(1, work.instanceId());
      int refunded = update.executeUpdate();
      if (refunded != 1) {
        // A technical failure: rolled back, tried again, and in the end an operator looks into it.
        throw new IllegalStateException("one payment to refund expected, and found " + refunded);
      }
    }
    return StageResult.done();
  }
}
