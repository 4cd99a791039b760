package org.millrace.persistence;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings the tables up to date when the engine starts, before any message is taken: the server
 * holds back whatever calls into a deployment until its startup beans are done. What else starts up
 * and needs the tables says {@code @DependsOn("Migration")}.
 *
 * <p>Runs outside of any JTA transaction, since Flyway commits by itself.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Migration {

  /** Several passes of the recovery. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Resource(lookup = "java:jboss/datasources/MillraceDS")
  private DataSource dataSource;

  @PostConstruct
  void migrate() {
    migrate(dataSource);
  }

  static void migrate(DataSource dataSource) {
    migrate(dataSource, PATIENCE);
  }

  static void migrate(DataSource dataSource, Duration patience) {
    Flyway flyway = configuration(dataSource).load();
    if (flyway.info().pending().length > 0 && isH2(dataSource)) {
      awaitSettled(dataSource, patience);
    }
    flyway.migrate();
  }

  /**
   * Waits until the recovery has settled what a crash has left. What such a branch wrote into an
   * index H2 looks for by the index's name, and with that gone it does not open the file again.
   */
  private static void awaitSettled(DataSource h2, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    for (int prepared = prepared(h2); prepared > 0; prepared = prepared(h2)) {
      if (System.nanoTime() >= deadline) {
        throw new IllegalStateException(
            ("the tables are to be changed, but %d of the transactions that a crash has left are"
                    + " still prepared in the database: start the version that ran before, settle"
                    + " them on its page of transactions in doubt, and then start this one")
                .formatted(prepared));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the server is stopping", e);
      }
    }
  }

  private static int prepared(DataSource h2) {
    try (Connection connection = h2.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from information_schema.in_doubt"
                    + " where transaction_state = 'IN_DOUBT'")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException("the engine's database cannot be reached", e);
    }
  }

  static FluentConfiguration configuration(DataSource dataSource) {
    boolean h2 = isH2(dataSource);
    FluentConfiguration configuration =
        Flyway.configure(Migration.class.getClassLoader())
            .dataSource(dataSource)
            .locations("classpath:db/millrace")
            .table("millrace_schema_history")
            // The applications' own tables may be there before ours.
            .baselineOnMigrate(true)
            .baselineVersion("0")
            // In this mode H2's text and bytea end at a mebibyte.
            .placeholders(
                Map.of(
                    "text", h2 ? "character large object" : "text",
                    "bytes", h2 ? "binary large object" : "bytea"));
    if (h2) {
      // Texts up to this size lie in the row itself instead of a place of their own. H2 keeps this.
      configuration.initSql("set max_length_inplace_lob 65536");
    }
    return configuration;
  }

  private static boolean isH2(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      return connection.getMetaData().getDatabaseProductName().equals("H2");
    } catch (SQLException e) {
      throw new IllegalStateException("the engine's database cannot be reached", e);
    }
  }
}
