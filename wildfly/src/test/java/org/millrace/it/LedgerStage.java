package org.millrace.it;

import jakarta.annotation.Resource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.millrace.api.StageContext;
import org.millrace.api.StageListener;
import org.millrace.api.StageResult;

/**
 * The stage beans of the kill matrix. Each writes a line into a ledger in which nothing keeps it
 * from being written twice; then it fails, where its instance says so.
 */
abstract class LedgerStage extends StageListener {

  @Resource(lookup = "java:jboss/datasources/MillraceDS")
  DataSource database;

  @Override
  protected StageResult handle(StageContext work) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into matrix_ledger values (?, ?)")) {
      insert.setString(1, work.instanceId());
      insert.setString(2, work.activity());
      insert.executeUpdate();
    }
    if (Boolean.TRUE.equals(work.variables().get("fail"))) {
      throw new IllegalStateException("no luck");
    }
    return StageResult.done();
  }
}
