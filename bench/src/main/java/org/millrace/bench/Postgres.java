package org.millrace.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The one PostgreSQL server, with every commit on the disk, and a database for each contender. */
final class Postgres implements AutoCloseable {

  private static final String LOG = "bench.log";

  /** Whoever counts must hear this. */
  private static final String MARK = "who counts hears this";

  private final EmbeddedPostgres server;

  private Postgres(EmbeddedPostgres server) {
    this.server = server;
  }

  static Postgres start() throws IOException, SQLException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            // The library's own defaults are for tests: they may lose what is committed.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("shared_buffers", "512MB")
            .setServerConfig("max_wal_size", "4GB")
            .setServerConfig("max_prepared_transactions", "200")
            .setServerConfig("max_connections", "300")
            .setServerConfig("logging_collector", "on")
            .setServerConfig("log_filename", LOG)
            .setServerConfig("log_line_prefix", "%d:%p:")
            .start();
    Postgres postgres = new Postgres(server);
    for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
      if (!"on".equals(text(server.getPostgresDatabase(), "show " + setting))) {
        throw new IllegalStateException(setting + " is off: nothing measured would count");
      }
    }
    return postgres;
  }

  /** Makes a role and a database of this name. */
  DataSource create(String name) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create role " + name + " login password '" + name + "'");
      statement.execute("create database " + name + " owner " + name);
    }
    return server.getDatabase(name, name);
  }

  String version() throws SQLException {
    return text(server.getPostgresDatabase(), "show server_version");
  }

  /** What it has used of the processors so far, for all. */
  Duration cpu() throws SQLException {
    String pid =
        text(
            server.getPostgresDatabase(),
            "select split_part(pg_read_file('postmaster.pid'), chr(10), 1)");
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    return Contender.cpu(postmaster.descendants());
  }

  /** The transactions that all have committed so far. */
  long commits() throws SQLException {
    String sql = "select sum(xact_commit) from pg_stat_database";
    return Long.parseLong(text(server.getPostgresDatabase(), sql));
  }

  /**
   * What was sent to a database in some time.
   *
   * @param recovery of these what came by a connection that looks for prepared transactions
   */
  record Statements(int all, int recovery) {}

  /**
   * Listens for some seconds.
   *
   * @throws IllegalStateException if it did not hear its own statement: what it counts is nothing
   */
  Statements statements(String database, int seconds) throws SQLException, InterruptedException {
    DataSource postgres = server.getPostgresDatabase();
    String from = text(postgres, "select size from pg_stat_file('log/" + LOG + "')");
    log("all");
    TimeUnit.SECONDS.sleep(seconds);
    text(server.getDatabase(database, database), "select '" + MARK + "'");
    log("none");
    String counts =
        """
        with statement as (select split_part(l, ':', 2) as session, l as sql
          from regexp_split_to_table(pg_read_file('log/%s', %s, 1000000000), chr(10)) l
          where l ~ '^%s:[0-9]+: *LOG:  (execute|statement)')
        select count(distinct session) filter (where sql like '%%%s%%')
          || ' ' || count(*) filter (where session not in
            (select session from statement where sql like '%%%4$s%%'))
          || ' ' || count(*) filter (where session in
            (select session from statement where sql like '%%pg_prepared_xacts%%'))
        from statement
        """
            .formatted(LOG, from, database, MARK);
    String[] heard = text(postgres, counts).split(" ", -1);
    if (!heard[0].equals("1")) {
      throw new IllegalStateException(
          "did not hear what it said itself to " + database + ": what it counts is nothing");
    }
    return new Statements(Integer.parseInt(heard[1]), Integer.parseInt(heard[2]));
  }

  private void log(String what) throws SQLException {
    execute(server.getPostgresDatabase(), "alter system set log_statement = '" + what + "'");
    execute(server.getPostgresDatabase(), "select pg_reload_conf()");
  }

  static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  int port() {
    return server.getPort();
  }

  static String text(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  static Contender.Ended ended(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return new Contender.Ended(rows.getInt(1), rows.getLong(2));
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
