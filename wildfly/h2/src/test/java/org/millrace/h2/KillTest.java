package org.millrace.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills H2 at hundreds of moments while many transactions change many tables: each of them is there
 * as a whole or not at all, and what was prepared or committed is not lost.
 */
class KillTest {

  private static final int THREADS = 6;
  private static final int TABLES = 4;
  private static final int TRANSACTIONS = 200;
  private static final int KILLS = 100;

  /** More maps for a store to look at: the longer it takes, the more commits fall into it. */
  private static final int IDLE_TABLES = 150;

  enum Commit {
    IN_TWO_PHASES,
    LOCAL
  }

  record Branch(int number) implements Xid {
    @Override
    public int getFormatId() {
      return 1;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    @Override
    public byte[] getBranchQualifier() {
      return new byte[] {1};
    }
  }

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private Random random = new Random();

  @BeforeAll
  static void record() {
    Recording.register();
  }

  @BeforeEach
  void printSeed() {
    long seed = Long.getLong("it.seed", System.nanoTime());
    System.out.println("KillTest: -Dit.seed=" + seed);
    random = new Random(seed);
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void givenManyTransactions_whenKilledAtAnyMoment_thenEachIsWholeAndNoneIsLost(Commit commit)
      throws Exception {
    Recording.take();
    JdbcDataSource database = database("recording:" + folder.resolve("database"));
    createTables(database);
    Recording.note("ready");
    List<Future<?>> work = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int first = 1 + thread * TRANSACTIONS;
      work.add(threads.submit(() -> work(database, commit, first)));
    }
    for (Future<?> each : work) {
      each.get();
    }
    shutDown(database);

    List<Recording.Event> events = Recording.take();
    long writes = events.stream().filter(event -> event instanceof Recording.Write).count();
    Recording.Image image = new Recording.Image();
    Set<Integer> promised = new HashSet<>();
    boolean ready = false;
    for (Recording.Event event : events) {
      image.apply(event);
      if (event instanceof Recording.Note note) {
        if (ready) {
          promised.add(Integer.valueOf(note.text()));
        } else {
          ready = true;
          audit(image, promised); // Before the first commit.
        }
      } else if (ready && random.nextInt((int) writes) < KILLS) {
        audit(image, promised);
      }
    }
    assertThat(promised).hasSize(THREADS * TRANSACTIONS);
  }

  private static JdbcDataSource database(String path) {
    JdbcDataSource database = new JdbcDataSource();
    // The file is tidied up meanwhile: what is out of use is written over after 20 ms, not 45,000.
    database.setURL(
        "jdbc:h2:" + path + ";MODE=PostgreSQL;WRITE_DELAY=0;DB_CLOSE_DELAY=-1;RETENTION_TIME=20");
    database.setUser("millrace");
    return database;
  }

  private static void shutDown(JdbcDataSource database) throws SQLException {
    execute(database, "shutdown immediately");
  }

  private static void execute(JdbcDataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void createTables(JdbcDataSource database) throws SQLException {
    for (int table = 0; table < TABLES; table++) {
      execute(database, "create table made" + table + " (number int primary key, text varchar)");
      execute(database, "create index text" + table + " on made" + table + " (text)");
      execute(database, "create table waits" + table + " (number int primary key)");
    }
    execute(database, "set write_delay 1000"); // Not yet, for speed.
    for (int table = 0; table < IDLE_TABLES; table++) {
      execute(database, "create table idle" + table + " (number int primary key)");
    }
    execute(database, "set write_delay 0");
  }

  /** Each transaction makes rows in all tables and removes those that the one before waited by. */
  private static Void work(JdbcDataSource database, Commit commit, int first) throws Exception {
    XAConnection physical = database.getXAConnection();
    XAResource branch = physical.getXAResource();
    Connection connection = physical.getConnection();
    for (int number = first; number < first + TRANSACTIONS; number++) {
      Branch xid = new Branch(number);
      if (commit == Commit.IN_TWO_PHASES) {
        branch.start(xid, XAResource.TMNOFLAGS);
      } else {
        connection.setAutoCommit(false);
      }
      try (Statement statement = connection.createStatement()) {
        for (int table = 0; table < TABLES; table++) {
          statement.execute("insert into made%d values (%d, 'new')".formatted(table, number));
          statement.execute("insert into waits%d values (%d)".formatted(table, number));
          statement.execute("delete from waits%d where number = %d".formatted(table, number - 1));
        }
        for (int table = 0; table < TABLES; table++) {
          statement.execute(
              "update made%d set text = 'done' where number = %d".formatted(table, number));
        }
      }
      if (commit == Commit.IN_TWO_PHASES) {
        branch.end(xid, XAResource.TMSUCCESS);
        branch.prepare(xid);
        Recording.note(String.valueOf(number));
        branch.commit(xid, false);
      } else {
        connection.commit();
        Recording.note(String.valueOf(number));
      }
    }
    physical.close();
    return null;
  }

  /**
   * Opens what a kill left, ends what is in doubt as a transaction manager does, and looks.
   *
   * @param promised what was prepared or committed before the kill
   */
  private void audit(Recording.Image image, Set<Integer> promised) throws Exception {
    Files.copy(
        image.content(), folder.resolve("killed.mv.db"), StandardCopyOption.REPLACE_EXISTING);
    JdbcDataSource database = database("file:" + folder.resolve("killed"));
    XAConnection recovery = database.getXAConnection();
    for (Xid xid : recovery.getXAResource().recover(XAResource.TMSTARTRSCAN)) {
      if (promised.contains(ByteBuffer.wrap(xid.getGlobalTransactionId()).getInt())) {
        recovery.getXAResource().commit(xid, false);
      } else {
        recovery.getXAResource().rollback(xid);
      }
    }
    recovery.close();

    // For each transaction where its rows are, and in how many tables.
    Map<String, Map<Integer, Long>> found = new TreeMap<>();
    try (Connection connection = database.getConnection()) {
      found.put("made", count(connection, "select number from made%d"));
      found.put("by index", count(connection, "select number from made%d where text >= ''"));
      found.put("done", count(connection, "select number from made%d where text = 'done'"));
      found.put("waits", count(connection, "select number from waits%d"));
    }
    shutDown(database);
    assertThat(found.get("made").keySet()).as("what was promised").containsAll(promised);
    assertThat(found)
        .allSatisfy(
            // Each of them: a kill before the first commit finds none.
            (what, tables) -> assertThat(tables.values()).as(what).allMatch(n -> n == TABLES));
    assertThat(found.get("by index")).isEqualTo(found.get("made"));
    assertThat(found.get("done")).isEqualTo(found.get("made"));
    // The last one of each thread waits, all others are waited for no more.
    assertThat(found.get("waits").keySet())
        .isEqualTo(
            found.get("made").keySet().stream()
                .filter(
                    number ->
                        number % TRANSACTIONS == 0 || !found.get("made").containsKey(number + 1))
                .collect(Collectors.toSet()));
  }

  private static Map<Integer, Long> count(Connection connection, String sql) throws SQLException {
    List<Integer> numbers = new ArrayList<>();
    for (String each : IntStream.range(0, TABLES).mapToObj(sql::formatted).toList()) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(each)) {
        while (rows.next()) {
          numbers.add(rows.getInt(1));
        }
      }
    }
    return numbers.stream().collect(Collectors.groupingBy(number -> number, Collectors.counting()));
  }
}
