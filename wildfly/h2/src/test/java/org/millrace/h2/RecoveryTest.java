package org.millrace.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was prepared when the server was killed is settled in one pass of the recovery. */
class RecoveryTest {

  @TempDir Path folder;
  private final JdbcDataSource database = new JdbcDataSource();

  @BeforeEach
  void open() throws SQLException {
    database.setURL("jdbc:h2:file:" + folder.resolve("database") + ";WRITE_DELAY=0");
    database.setUser("millrace");
    execute("create table work (id int primary key)");
  }

  @Test
  void givenSeveralPreparedBranches_whenOneIsCommittedAndTheOthersRolledBack_thenNoneIsLeft()
      throws Exception {
    Xid[] branches = Stream.of(1, 2, 3).map(KillTest.Branch::new).toArray(Xid[]::new);
    for (int i = 0; i < branches.length; i++) {
      prepareInsert(branches[i], i);
    }
    execute("shutdown immediately");

    XAConnection connection = database.getXAConnection();
    XAResource recovery = connection.getXAResource();
    assertThat(recovery.recover(XAResource.TMSTARTRSCAN)).hasSameSizeAs(branches);
    recovery.commit(branches[0], false);
    recovery.rollback(branches[1]);
    recovery.rollback(branches[2]);

    assertThat(recovery.recover(XAResource.TMSTARTRSCAN)).isEmpty();
    connection.close();
    execute("insert into work values (1)"); // Nobody holds its lock.
  }

  private void prepareInsert(Xid branch, int id) throws Exception {
    XAConnection connection = database.getXAConnection();
    XAResource resource = connection.getXAResource();
    resource.start(branch, XAResource.TMNOFLAGS);
    try (Statement statement = connection.getConnection().createStatement()) {
      statement.execute("insert into work values (" + id + ")");
    }
    resource.end(branch, XAResource.TMSUCCESS);
    assertThat(resource.prepare(branch)).isEqualTo(XAResource.XA_OK);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
