package org.millrace.persistence;

import jakarta.annotation.Resource;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.DatabaseCheck;

/**
 * Remembers a request of nobody, and forgets it. It is larger than what a message writes as a rule:
 * so where a disk is full, the check does not pass while messages fail.
 */
@Stateless
@Local(DatabaseCheck.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DataSourceCheck implements DatabaseCheck {

  private static final int BYTES = 1 << 16;

  /** Nothing that a database could make smaller. */
  private static final String FILLING = filling();

  @Resource(lookup = "java:jboss/datasources/MillraceDS")
  private DataSource dataSource;

  @Override
  public @Nullable String problem() {
    String id = UUID.randomUUID().toString();
    try (Connection connection = dataSource.getConnection();
        // If the server ends between the two, it is old already, and goes with what is old.
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into millrace_request (queue, subject, request_id, result, claimed_at)
                values ('check', '', ?, ?, timestamp with time zone '2000-01-01 00:00:00+00')
                """);
        PreparedStatement delete =
            connection.prepareStatement(
                """
                delete from millrace_request
                where queue = 'check' and subject = '' and request_id = ?
                """)) {
      insert.setString(1, id);
      insert.setString(2, FILLING);
      insert.executeUpdate();
      delete.setString(1, id);
      delete.executeUpdate();
      return null;
    } catch (SQLException e) {
      return String.valueOf(root(e).getMessage());
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String filling() {
    byte[] bytes = new byte[BYTES];
    new Random(1).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
