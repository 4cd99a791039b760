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
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;
  private JdbcDataSource database;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  /** What H2 has said of that it is prepared. */
  private final Set<Integer> prepared = ConcurrentHashMap.newKeySet();

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

    for (int time = 0; time < TIMES; time++) {
      int next = prepared.size() + 20 + random.nextInt(200);
      awaitThat(() -> prepared.size() >= next);
      int failures = failed.get();
      FullDisk.fill(1 + random.nextInt(4));
      awaitThat(() -> failed.get() > failures);
    }

    FullDisk.free();
    isOver = true;
    for (Future<?> each : work) {
      each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS); // Nobody waits for a dead store.
    }
    settle();
    assertThat(rows()).isEqualTo(new TreeSet<>(prepared));
  }

  /** Like a pool, takes another connection after each failure; like a server, one by one. */
  private void workOn() {
    while (!isOver) {
      try {
        XAConnection connection = database.getXAConnection();
        try (Statement statement = connection.getConnection().createStatement()) {
          while (!isOver) {
            work(connection.getXAResource(), statement, begun.incrementAndGet());
          }
        } finally {
          connection.close();
        }
      } catch (SQLException | XAException full) {
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
    resource.commit(branch, false);
  }

  /** As a recovery does: what is known to be prepared is committed, all else rolled back. */
  private void settle() throws SQLException, XAException {
    XAConnection connection = database.getXAConnection();
    XAResource resource = connection.getXAResource();
    for (Xid branch : resource.recover(XAResource.TMSTARTRSCAN)) {
      if (prepared.contains(ByteBuffer.wrap(branch.getGlobalTransactionId()).getInt())) {
        resource.commit(branch, false);
      } else {
        resource.rollback(branch);
      }
    }
    connection.close();
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

  private static void awaitThat(BooleanSupplier condition) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(condition::getAsBoolean);
  }
}
