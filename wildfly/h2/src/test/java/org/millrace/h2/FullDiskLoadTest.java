package org.millrace.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.awaitility.core.ConditionTimeoutException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fills the disk again and again, for a moment, while many transactions are under way. Who was told
 * that its branch is prepared, or committed, finds it so afterwards.
 */
class FullDiskLoadTest {

  private static final int THREADS = 4;
  private static final int TIMES = 60;
  private static final String NONE = "none";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;
  private JdbcDataSource database;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  /** What H2 has said of that it is prepared: so it was decided to commit it. */
  private final Set<Integer> prepared = ConcurrentHashMap.newKeySet();

  /** Of these, what H2 has not yet said of that it is committed: a transaction manager's log. */
  private final Set<Integer> decided = ConcurrentHashMap.newKeySet();

  /** What somebody works on just now: the recovery leaves it alone. */
  private final Set<Integer> underWay = ConcurrentHashMap.newKeySet();

  /** Said where the test is given up: nobody comes in any more, perhaps. */
  private volatile Exception lastFailure;

  private volatile boolean isOver;

  @BeforeEach
  void open() throws SQLException {
    database = FullDisk.database(folder);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table work (id int primary key, text varchar)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    isOver = true;
    FullDisk.free();
    threads.shutdownNow();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("shutdown immediately");
    }
  }

  @Test
  void givenManyAtWork_whenTheDiskIsFullNowAndThen_thenWhatWasPreparedIsKept() throws Exception {
    long seed = Long.getLong("it.seed", System.nanoTime());
    System.out.println("FullDiskLoadTest: -Dit.seed=" + seed);
    Random random = new Random(seed);
    List<Future<?>> work = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      work.add(threads.submit(this::workOn));
    }
    work.add(threads.submit(this::recover));

    for (int time = 0; time < TIMES; time++) {
      int next = prepared.size() + 20 + random.nextInt(200);
      awaitThat(() -> prepared.size() >= next);
      int failures = failed.get();
      int enough = prepared.size() + 2000; // All may fit into the file's gaps for long.
      FullDisk.fill(1 + random.nextInt(4));
      awaitThat(() -> failed.get() > failures || prepared.size() > enough);
    }
    assertThat(failed).hasPositiveValue();

    FullDisk.free();
    isOver = true;
    for (Future<?> each : work) {
      each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS); // Nobody waits for a dead store.
    }
    settle();
    Set<Integer> rows = rows();
    assertThat(span(prepared, rows)).as("prepared, and not there").isEqualTo(NONE);
    assertThat(span(rows, prepared)).as("there, and not prepared").isEqualTo(NONE);
  }

  /**
   * Which are in the one and not in the other: there may be thousands, most one after the other.
   */
  private static String span(Set<Integer> these, Set<Integer> those) {
    TreeSet<Integer> rest = new TreeSet<>(these);
    rest.removeAll(those);
    return rest.isEmpty()
        ? NONE
        : "%d, from %d to %d".formatted(rest.size(), rest.first(), rest.last());
  }

  /** Like a pool, takes another connection after each failure; like a server, one by one. */
  private void workOn() {
    while (!isOver) {
      try {
        XAConnection connection = database.getXAConnection();
        try (Statement statement = connection.getConnection().createStatement()) {
          while (!isOver) {
            int id = begun.incrementAndGet();
            underWay.add(id);
            try {
              work(connection.getXAResource(), statement, id);
            } finally {
              underWay.remove(id);
            }
          }
        } finally {
          connection.close();
        }
      } catch (SQLException | XAException full) {
        lastFailure = full;
        failed.incrementAndGet();
      }
    }
  }

  private void work(XAResource resource, Statement statement, int id)
      throws SQLException, XAException {
    Xid branch = new KillTest.Branch(id);
    resource.start(branch, XAResource.TMNOFLAGS);
    statement.execute("insert into work values (%d, '%s')".formatted(id, "x".repeat(500)));
    resource.end(branch, XAResource.TMSUCCESS);
    resource.prepare(branch);
    prepared.add(id);
    decided.add(id);
    resource.commit(branch, false);
    decided.remove(id);
  }

  /** A recovery, which passes all the time. */
  private void recover() {
    while (!isOver) {
      try {
        settle();
      } catch (SQLException | XAException full) {
        // The next pass comes.
      }
    }
  }

  /** What is in the log is committed, or was before; all else is rolled back. */
  private void settle() throws SQLException, XAException {
    XAConnection connection = database.getXAConnection();
    try {
      XAResource resource = connection.getXAResource();
      Set<Integer> toCommit = new TreeSet<>(decided);
      toCommit.removeAll(underWay);
      Set<Integer> inDoubt = new TreeSet<>();
      for (Xid branch : resource.recover(XAResource.TMSTARTRSCAN)) {
        int id = ByteBuffer.wrap(branch.getGlobalTransactionId()).getInt();
        inDoubt.add(id);
        if (toCommit.contains(id)) {
          resource.commit(branch, false);
          decided.remove(id);
        } else if (!underWay.contains(id) && !decided.contains(id)) {
          resource.rollback(branch);
        }
      }
      toCommit.removeAll(inDoubt);
      decided.removeAll(toCommit);
    } finally {
      connection.close();
    }
  }

  private Set<Integer> rows() throws SQLException {
    Set<Integer> ids = new TreeSet<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select id from work")) {
      while (row.next()) {
        ids.add(row.getInt(1));
      }
    }
    return ids;
  }

  private void awaitThat(BooleanSupplier condition) {
    try {
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .until(condition::getAsBoolean);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(prepared.size() + " prepared, " + failed + " failed", lastFailure);
    }
  }
}
