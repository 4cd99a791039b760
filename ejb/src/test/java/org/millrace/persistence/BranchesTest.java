package org.millrace.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.sql.Statement;
import java.util.List;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.operation.InDoubtView.Concern;
import org.millrace.execution.Branches.Branch;

@ParameterizedClass
@EnumSource
class BranchesTest {

  private final TestDatabase.Kind kind;
  private final TestDatabase database;
  private Story story;

  BranchesTest(TestDatabase.Kind kind) {
    this.kind = kind;
    this.database = TestDatabase.of(kind);
    this.story = new Story(database, "order");
  }

  /** As the server's transaction manager makes them. */
  static final class Id implements Xid {

    private final int number;

    Id(int number) {
      this.number = number;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return ByteBuffer.allocate(34)
          .putLong(0)
          .putLong(0xffff7f000001L)
          .putInt(-0xb66efc2)
          .putInt(0x4f9e6f8f)
          .putInt(number)
          .put("node-a".getBytes(UTF_8))
          .array();
    }

    @Override
    public byte[] getBranchQualifier() {
      return new byte[] {-1, -2, -3, 62, 63};
    }

    @Override
    public int getFormatId() {
      return 131_077;
    }
  }

  @BeforeEach
  void clear() {
    database.clear();
    story = Story.begin(database);
  }

  private List<Branch> prepared() {
    return database.inTransaction(database.branches::prepared);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givenATransactionThatIsPrepared_thenItIsSeenUntilItIsSettled(boolean commit)
      throws Exception {
    Id id = new Id(commit ? 9 : 10);
    XAConnection connection = database.xaConnection();
    try {
      XAResource resource = connection.getXAResource();
      resource.start(id, XAResource.TMNOFLAGS);
      try (Statement statement = connection.getConnection().createStatement()) {
        statement.execute("update millrace_instance set priority = 7");
      }
      resource.end(id, XAResource.TMSUCCESS);
      assertThat(prepared()).isEmpty();
      resource.prepare(id);

      assertThat(prepared()).singleElement().satisfies(this::isTold);

      if (commit) {
        resource.commit(id, false);
      } else {
        resource.rollback(id);
      }
      assertThat(prepared()).isEmpty();
    } finally {
      connection.close();
    }
  }

  /** H2 says no more than that it is there. */
  private void isTold(Branch branch) {
    assertThat(branch.transaction().text()).startsWith("0:ffff7f000001:-b66efc2:4f9e6f8f:");
    assertThat(branch.transaction().node()).isEqualTo("node-a");
    if (kind == TestDatabase.Kind.POSTGRESQL) {
      assertThat(branch.since()).isNotNull();
      assertThat(branch.concerns()).containsExactly(new Concern(null, story.id(), null));
    }
  }
}
