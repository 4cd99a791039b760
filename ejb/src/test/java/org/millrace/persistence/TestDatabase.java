package org.millrace.persistence;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.BegunStore;
import org.millrace.execution.Branches;
import org.millrace.execution.DefinitionStore;
import org.millrace.execution.ExpiryStore;
import org.millrace.execution.Hierarchy;
import org.millrace.execution.InstanceStore;
import org.millrace.execution.Overview;
import org.millrace.execution.ReplyStore;
import org.millrace.execution.RequestStore;
import org.millrace.execution.SignalStore;
import org.millrace.execution.StartTimerStore;
import org.millrace.execution.WaitStore;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

/**
 * A real database with the engine's tables, and all stores on it, with local transactions in place
 * of JTA's. There is one of each kind in a JVM, begun when it is first asked for; a test that needs
 * it empty calls {@link #clear}.
 */
public final class TestDatabase implements AutoCloseable {

  /** Every test of a store runs on each. */
  public enum Kind {
    H2,
    POSTGRESQL
  }

  /** As in the server's configuration. */
  private static final String H2_OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0"
          + ";OPTIMIZE_REUSE_RESULTS=0;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1";

  /** A transaction of a thread, and the statements that it has done. */
  private record Open(TestDatabase database, StatelessSession session, List<String> statements) {}

  private static final ThreadLocal<@Nullable Open> OPEN = new ThreadLocal<>();

  private static final Map<Kind, TestDatabase> DATABASES = new EnumMap<>(Kind.class);

  private final Kind kind;
  private final DataSource dataSource;
  private final SessionFactory sessions;
  private final List<List<?>> lists = new CopyOnWriteArrayList<>();

  private final Database database =
      new Database() {
        @Override
        public <T> T with(Function<StatelessSession, T> work) {
          Open open = OPEN.get();
          if (open == null || open.database() != TestDatabase.this) {
            throw new IllegalStateException("a store was called outside of a transaction");
          }
          return work.apply(open.session());
        }
      };

  private final Together together = new Together(database);

  public final InstanceStore instances = new StoredInstances(database, together);
  public final WaitStore waits = new StoredWaits(database, together);
  public final SignalStore signals = new StoredSignals(database);
  public final StartTimerStore startTimers = new StoredStartTimers(database);
  public final BegunStore begun = new StoredBegun(database);
  public final Branches branches = new StoredBranches(database);
  public final RequestStore requests = new StoredRequests(database);
  public final ReplyStore replies = new StoredReplies(database);
  public final DefinitionStore definitions = new StoredDefinitions(database, together);
  public final Overview overview = new StoredOverview(database);
  public final ExpiryStore expiry = new StoredExpiry(database);
  public final Hierarchy hierarchy = new StoredHierarchy(database);

  private TestDatabase(Kind kind) {
    this(kind, create(kind));
  }

  private TestDatabase(Kind kind, DataSource dataSource) {
    this.kind = kind;
    this.dataSource = dataSource;
    Migration.migrate(dataSource);
    this.sessions = sessionFactory(NotedStatements.of(dataSource, TestDatabase::note));
  }

  public static synchronized TestDatabase of(Kind kind) {
    return DATABASES.computeIfAbsent(kind, TestDatabase::new);
  }

  /** One of its own, with the rows that an older version of the tables had, brought forward. */
  public static TestDatabase broughtForward(Kind kind, String from) {
    DataSource old = create(kind);
    Migration.configuration(old).target(from).load().migrate();
    OldRows.insert(old, from);
    return new TestDatabase(kind, old);
  }

  @Override
  public void close() {
    sessions.close();
  }

  /** A new, empty database. */
  static DataSource create(Kind kind) {
    String name = "millrace_" + UUID.randomUUID().toString().replace("-", "");
    if (kind == Kind.H2) {
      JdbcDataSource h2 = new JdbcDataSource();
      h2.setURL("jdbc:h2:file:" + Path.of("target", "h2", name).toAbsolutePath() + H2_OPTIONS);
      h2.setUser("millrace");
      return h2;
    }
    try (var connection = Postgres.SERVER.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
      return Postgres.SERVER.getDatabase("postgres", name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One server for all databases; it ends with the JVM. */
  private static final class Postgres {

    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("max_prepared_transactions", "5").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A connection for a transaction in two phases. */
  XAConnection xaConnection() throws SQLException {
    if (dataSource instanceof XADataSource source) {
      return source.getXAConnection();
    }
    PGSimpleDataSource given = (PGSimpleDataSource) dataSource;
    PGXADataSource source = new PGXADataSource();
    source.setUrl(given.getUrl());
    source.setUser(given.getUser());
    return source.getXAConnection();
  }

  /** The unit of the server, with its settings, on a data source without JTA. */
  static SessionFactory sessionFactory(DataSource dataSource) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
    settings.put("jakarta.persistence.jtaDataSource", null);
    settings.put("jakarta.persistence.nonJtaDataSource", dataSource);
    settings.put("hibernate.hbm2ddl.auto", "validate");
    // WildFly sets these two.
    settings.put("hibernate.query.jpaql_strict_compliance", true);
    settings.put("hibernate.jpa.compliance", true);
    return Persistence.createEntityManagerFactory("millrace", settings)
        .unwrap(SessionFactory.class);
  }

  private static void note(String sql) throws SQLException {
    Open open = OPEN.get();
    if (open != null) {
      open.statements().add(sql);
      InjectedFaults.next();
    }
  }

  /** What a transaction adds to this list goes again if it fails by an injected fault. */
  public <T> List<T> transactional(List<T> list) {
    if (InjectedFaults.areExpected()) {
      lists.add(list);
    }
    return list;
  }

  /**
   * Does some work in a transaction of this thread; commits, or rolls back if it throws. What fails
   * by an injected fault is done again, as a container does.
   */
  public <T extends @Nullable Object> T inTransaction(Supplier<T> work) {
    return inTransaction(new ArrayList<>(), work);
  }

  private <T extends @Nullable Object> T inTransaction(List<String> statements, Supplier<T> work) {
    List<Integer> sizes = lists.stream().map(List::size).toList();
    try {
      return once(statements, work);
    } catch (RuntimeException e) {
      if (!InjectedFaults.caused(e)) {
        throw e;
      }
      for (int i = 0; i < sizes.size(); i++) {
        lists.get(i).subList(sizes.get(i), lists.get(i).size()).clear();
      }
      statements.clear();
      return inTransaction(statements, work);
    }
  }

  private <T extends @Nullable Object> T once(List<String> statements, Supplier<T> work) {
    if (OPEN.get() != null) {
      throw new IllegalStateException("the thread has a transaction already");
    }
    try (StatelessSession session = sessions.openStatelessSession()) {
      OPEN.set(new Open(this, session, statements));
      var transaction = session.beginTransaction();
      try {
        T result = work.get();
        transaction.commit();
        return result;
      } catch (Throwable e) {
        transaction.rollback();
        throw e;
      }
    } finally {
      OPEN.remove();
    }
  }

  public void inTransaction(Runnable work) {
    inTransaction(
        () -> {
          work.run();
          return true;
        });
  }

  /** Some work in a transaction that is committed after something else is done. */
  public void uncommitted(Runnable work, Runnable meanwhile) {
    Background<Boolean> background =
        new Background<>(
            this,
            () -> {
              work.run();
              return true;
            });
    background.result();
    meanwhile.run();
    background.commit();
  }

  /** The SQL statements of some work in a transaction. */
  public List<String> statements(Runnable work) {
    List<String> statements = new ArrayList<>();
    inTransaction(
        statements,
        () -> {
          work.run();
          return true;
        });
    return statements;
  }

  /**
   * Waits until some transaction waits for another one's lock. H2 names no blocker where it waits
   * at a unique index, but the statement takes its time.
   */
  public void awaitBlocked() {
    String blocked =
        kind == Kind.H2
            ? "select count(*) from information_schema.sessions where blocker_id is not null"
                + " or executing_statement_start < dateadd(millisecond, -200, current_timestamp)"
            : "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                + " and datname = current_database()";
    await().until(() -> number(blocked) > 0);
  }

  /** Removes all rows. */
  public void clear() {
    inTransaction(
        () -> {
          for (String table :
              List.of(
                  "definition",
                  "start_message",
                  "instance",
                  "history",
                  "message_wait",
                  "timer",
                  "signal_wait",
                  "start_signal",
                  "start_timer",
                  "timer_bucket",
                  "task",
                  "incident",
                  "request",
                  "reply",
                  "kept_event",
                  "begun")) {
            database.with(
                s -> s.createNativeMutationQuery("delete from millrace_" + table).executeUpdate());
          }
        });
  }

  /** What a query for one number gives, in a transaction of its own. */
  public long number(String sql) {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return kind.toString();
  }
}
