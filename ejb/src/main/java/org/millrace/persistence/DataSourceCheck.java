package org.millrace.persistence;

import jakarta.annotation.Resource;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.millrace.execution.DatabaseCheck;

/** Asks for a connection: the data source tries each one before it hands it out. */
@Stateless
@Local(DatabaseCheck.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DataSourceCheck implements DatabaseCheck {

  private static final int SECONDS = 5;

  @Resource(lookup = "java:jboss/datasources/MillraceDS")
  private DataSource dataSource;

  @Override
  public boolean answers() {
    try (Connection connection = dataSource.getConnection()) {
      return connection.isValid(SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }
}
