package org.millrace.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
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
    database.setURL(url("database"));
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

  @Test
  void givenABranchWasCommittedByTheRecovery_whenTheOneAfterItIsKilledAtWork_thenNothingIsInDoubt()
      throws Exception {
    Xid branch = new KillTest.Branch(1);
    prepareInsert(branch, 1);
    execute("shutdown immediately");
    XAConnection connection = database.getXAConnection();
    connection.getXAResource().commit(branch, false);
    connection.close();

    Connection atWork = database.getConnection();
    atWork.setAutoCommit(false);
    try (Statement statement = atWork.createStatement()) {
      statement.execute("insert into work values (2)");
    }
    execute("insert into work values (3)"); // What both have done so far is in the file.
    Files.copy(file("database"), file("killed"));
    atWork.close();

    // Else who is not sure that the branch was committed does so once more, and with it this work.
    database.setURL(url("killed"));
    XAConnection later = database.getXAConnection();
    assertThat(later.getXAResource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
    later.close();
    execute("insert into work values (2)");
  }

  private String url(String name) {
    return "jdbc:h2:file:" + folder.resolve(name) + ";WRITE_DELAY=0";
  }

  private Path file(String name) {
    return folder.resolve(name + ".mv.db");
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
