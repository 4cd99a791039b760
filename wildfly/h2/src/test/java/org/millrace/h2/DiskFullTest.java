package org.millrace.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After the disk was full, H2 goes on in the same Java machine, and nothing is lost. */
class DiskFullTest {

  private static final Xid BRANCH = new KillTest.Branch(1);

  @TempDir Path folder;
  private JdbcDataSource database;

  @BeforeEach
  void open() throws SQLException {
    database = FullDisk.database(folder);
    try (Connection connection = database.getConnection()) {
      execute(connection, "create table work (id int primary key)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    FullDisk.free();
    try (Connection connection = database.getConnection()) {
      execute(connection, "shutdown immediately");
    }
  }

  @Test
  void givenOneConnectionHasOpenedItAgain_whenAnotherFindsThatItHadEnded_thenItStaysOpenForAll()
      throws SQLException {
    Connection first = database.getConnection();
    Connection second = database.getConnection();
    execute(first, "insert into work values (1)");
    FullDisk.fill();
    assertThatThrownBy(() -> execute(first, "insert into work values (2)"))
        .hasStackTraceContaining("No space left on device");
    FullDisk.free();
    assertThatThrownBy(() -> execute(first, "insert into work values (3)"))
        .hasMessageContaining("closed");
    closeEnded(first::close);
    try (Connection third = database.getConnection()) {
      execute(third, "insert into work values (4)");

      assertThatThrownBy(() -> execute(second, "insert into work values (5)"))
          .hasMessageContaining("closed");
      closeEnded(second::close);

      try (Connection fourth = database.getConnection()) {
        assertThat(sum(fourth)).isEqualTo(1 + 4);
      }
    }
  }

  @Test
  void givenTheDatabaseHasEnded_whenAConnectionFromBeforeIsAsked_thenItIsNotValid()
      throws SQLException {
    Connection writing = database.getConnection();
    XAConnection pooled = database.getXAConnection();
    Connection idle = pooled.getConnection();
    assertThat(idle.isValid(1)).isTrue();
    FullDisk.fill();
    assertThatThrownBy(() -> execute(writing, "insert into work values (2)"))
        .hasStackTraceContaining("No space left on device");
    FullDisk.free();

    assertThat(writing.isValid(1)).isFalse();
    assertThat(idle.isValid(1)).isFalse();

    closeEnded(pooled::close);
    closeEnded(writing::close);
    try (Connection later = database.getConnection()) {
      assertThat(later.isValid(1)).isTrue();
      assertThat(sum(later)).isZero();
    }
  }

  @Test
  void givenAPreparedBranch_whenItCannotBeCommitted_thenItIsPreparedStillAndCanBeLater()
      throws Exception {
    XAConnection connection = database.getXAConnection();
    prepareInsert(connection);
    FullDisk.fill();

    XAException failure = failure(connection, false);

    assertThat(failure.errorCode).isEqualTo(XAException.XAER_RMFAIL);
    FullDisk.free();
    closeEnded(connection::close);
    XAConnection later = database.getXAConnection();
    assertThat(later.getXAResource().recover(XAResource.TMSTARTRSCAN)).hasSize(1);
    later.getXAResource().commit(BRANCH, false);
    try (Connection reader = database.getConnection()) {
      assertThat(sum(reader)).isEqualTo(7);
    }
    assertThat(failure(later, false).errorCode).isEqualTo(XAException.XAER_NOTA);
    later.close();
  }

  @Test
  void givenABranchThatCouldNotBeCommitted_whenTheRecoveryIsJustLooking_thenItDoesNotHearOfNone()
      throws Exception {
    XAConnection connection = database.getXAConnection();
    prepareInsert(connection);
    XAConnection recovery = database.getXAConnection();
    Connection looking = recovery.getConnection();
    looking.setAutoCommit(false);
    assertThat(sum(looking)).isZero();
    FullDisk.fill();
    failure(connection, false);

    XAException list =
        catchThrowableOfType(
            XAException.class, () -> recovery.getXAResource().recover(XAResource.TMSTARTRSCAN));
    XAException commit = failure(recovery, false);

    assertThat(list).isNotNull();
    assertThat(commit.errorCode).isEqualTo(XAException.XAER_RMFAIL);
    FullDisk.free();
    closeEnded(connection::close);
    closeEnded(recovery::close);
  }

  @Test
  void givenABranchThatIsNotPrepared_whenItCannotBeCommitted_thenItNeverWas() throws Exception {
    XAConnection connection = database.getXAConnection();
    XAResource resource = connection.getXAResource();
    resource.start(BRANCH, XAResource.TMNOFLAGS);
    execute(connection.getConnection(), "insert into work values (7)");
    resource.end(BRANCH, XAResource.TMSUCCESS);
    FullDisk.fill();

    XAException failure = failure(connection, true);

    assertThat(failure.errorCode).isEqualTo(XAException.XAER_RMERR);
    FullDisk.free();
    closeEnded(connection::close);
    try (Connection reader = database.getConnection()) {
      assertThat(sum(reader)).isZero();
    }
  }

  /** H2 says once more what had ended it, to whoever closes. */
  private static void closeEnded(Closing connection) {
    try {
      connection.close();
    } catch (SQLException again) {
      assertThat((Throwable) again).hasStackTraceContaining("No space left on device");
    }
  }

  private interface Closing {
    void close() throws SQLException;
  }

  private static void prepareInsert(XAConnection connection) throws Exception {
    XAResource resource = connection.getXAResource();
    resource.start(BRANCH, XAResource.TMNOFLAGS);
    execute(connection.getConnection(), "insert into work values (7)");
    resource.end(BRANCH, XAResource.TMSUCCESS);
    assertThat(resource.prepare(BRANCH)).isEqualTo(XAResource.XA_OK);
  }

  private static XAException failure(XAConnection connection, boolean onePhase) {
    return catchThrowableOfType(
        XAException.class, () -> connection.getXAResource().commit(BRANCH, onePhase));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int sum(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select coalesce(sum(id), 0) from work")) {
      row.next();
      return row.getInt(1);
    }
  }
}
