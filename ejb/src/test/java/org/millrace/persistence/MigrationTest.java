package org.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationTest {

  @ParameterizedTest
  @EnumSource
  void theTables_areThoseOfTheRows(TestDatabase.Kind kind) {
    DataSource dataSource = TestDatabase.create(kind);
    Migration.migrate(dataSource);

    // It is set to validate.
    assertThatCode(
            () -> {
              try (SessionFactory factory = TestDatabase.sessionFactory(dataSource)) {
                factory.getMetamodel();
              }
            })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void givenTablesOfAnApplication_thenOursComeBesideThem_andAllBeginWithOurName(
      TestDatabase.Kind kind) throws SQLException {
    DataSource dataSource = TestDatabase.create(kind);
    execute(dataSource, "create table stock (sku varchar(10) primary key)");

    Migration.migrate(dataSource);
    Migration.migrate(dataSource);

    assertThat(tables(dataSource))
        .contains("stock", "millrace_instance", "millrace_schema_history")
        .allMatch(table -> table.equals("stock") || table.startsWith("millrace_"));
  }

  @Test
  void givenABranchPreparedInH2_whenTheTablesAreToBeChanged_thenItIsSettledFirst()
      throws Exception {
    DataSource dataSource = TestDatabase.create(TestDatabase.Kind.H2);
    Migration.configuration(dataSource).target("6").load().migrate();
    XAConnection branch = ((XADataSource) dataSource).getXAConnection();
    Xid id = new BranchesTest.Id(11);
    branch.getXAResource().start(id, XAResource.TMNOFLAGS);
    try (var statement = branch.getConnection().createStatement()) {
      statement.execute("insert into millrace_begun (id, life, deaths) values ('a', 'b', 0)");
    }
    branch.getXAResource().end(id, XAResource.TMSUCCESS);
    branch.getXAResource().prepare(id);

    assertThatThrownBy(() -> Migration.migrate(dataSource, Duration.ZERO))
        .hasMessageContaining("prepared in the database");
    assertThat(pending(dataSource)).isPositive();

    branch.getXAResource().commit(id, false);
    Migration.migrate(dataSource, Duration.ZERO);
    assertThat(pending(dataSource)).isZero();
  }

  private static int pending(DataSource dataSource) {
    return Migration.configuration(dataSource).load().info().pending().length;
  }

  private static void execute(DataSource dataSource, String sql) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> tables(DataSource dataSource) throws SQLException {
    List<String> names = new ArrayList<>();
    try (var connection = dataSource.getConnection();
        var tables =
            connection
                .getMetaData()
                .getTables(null, "public", "%", new String[] {"TABLE", "BASE TABLE"})) {
      while (tables.next()) {
        names.add(tables.getString("TABLE_NAME"));
      }
    }
    return names;
  }
}
