package org.millrace.persistence;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
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

  @Resource(lookup = "java:jboss/datasources/MillraceDS")
  private DataSource dataSource;

  @PostConstruct
  void migrate() {
    migrate(dataSource);
  }

  static void migrate(DataSource dataSource) {
    configuration(dataSource).load().migrate();
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
