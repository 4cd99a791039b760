package org.millrace.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of a test's own, with the engine's role and database, as the operator's guide. */
record Postgres(EmbeddedPostgres server, Path folder) implements AutoCloseable {

  /** Counts what is prepared. */
  static final String IN_DOUBT = "select count(*) from pg_prepared_xacts";

  /** What belongs to the running server, and not to its data. */
  private static final Set<String> RUNNING = Set.of("postmaster.pid", "epg-lock");

  /**
   * A new one.
   *
   * @param name names its folder below {@code target/it}; an older one is deleted
   */
  static Postgres start(String name) throws IOException, SQLException {
    return startIn(Path.of("target", "it", name).toAbsolutePath());
  }

  /** A new one, in a folder of its own. */
  static Postgres startIn(Path folder) throws IOException, SQLException {
    return startIn(folder, EmbeddedPostgres.builder());
  }

  /** A new one that speaks TLS. */
  static Postgres startWithTls(String name, ServerKey key) throws IOException, SQLException {
    return startIn(
        Path.of("target", "it", name).toAbsolutePath(),
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_key_file", key.key().toString())
            .setServerConfig("ssl_cert_file", key.certificate().toString()));
  }

  private static Postgres startIn(Path folder, EmbeddedPostgres.Builder builder)
      throws IOException, SQLException {
    TestServer.deleteTree(folder);
    Postgres postgres = open(folder, builder);
    postgres.execute("postgres", "create role millrace login password 'millrace'");
    postgres.execute("postgres", "create database millrace owner millrace");
    return postgres;
  }

  /** One in the place of this one, which is closed, that begins with a backup. */
  Postgres restored(Path backup) throws IOException, SQLException {
    Postgres postgres = openAgain(backup);
    // Nobody will ever settle what was prepared in it.
    for (String id : postgres.prepared()) {
      postgres.execute("millrace", "rollback prepared '" + id + "'");
    }
    return postgres;
  }

  /** This one, which has ended, started anew on its data. */
  Postgres startedAgain() throws IOException {
    server.close(); // It still holds the lock of its folder.
    return openAgain(folder);
  }

  private Postgres openAgain(Path data) throws IOException {
    return open(data, EmbeddedPostgres.builder().setPort(server.getPort()));
  }

  /** As in production: what is committed is on the disk, and it stays there. */
  private static Postgres open(Path folder, EmbeddedPostgres.Builder builder) throws IOException {
    EmbeddedPostgres server =
        builder
            .setDataDirectory(folder)
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_prepared_transactions", "200")
            .start();
    return new Postgres(server, folder);
  }

  boolean isRunning() throws IOException {
    return postmaster().isPresent();
  }

  /** The first process, which has started all others. */
  private Optional<ProcessHandle> postmaster() throws IOException {
    Path file = folder.resolve("postmaster.pid");
    return Files.exists(file)
        ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0)))
        : Optional.empty();
  }

  /** {@code kill -9} of all its processes at once. */
  void kill() throws IOException {
    ProcessHandle postmaster = postmaster().orElseThrow();
    List<ProcessHandle> children = postmaster.descendants().toList();
    postmaster.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    postmaster.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    children.forEach(child -> child.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }

  /** For the start script of a server. */
  Map<String, String> properties() {
    return Map.of(
        "millrace.db", "postgresql", "millrace.db.port", String.valueOf(server.getPort()));
  }

  /** A base backup while it runs: what {@code pg_basebackup} does. */
  void backup(Path to) throws IOException, SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('backup', true)");
      copy(folder, to);
      Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
      try (ResultSet stop = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
        stop.next();
        Files.writeString(to.resolve("backup_label"), stop.getString(1));
      }
      copy(folder.resolve("pg_wal"), to.resolve("pg_wal"));
    }
  }

  /** Files come and go meanwhile. */
  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!RUNNING.contains(file.getFileName().toString())) {
              Path copy = to.resolve(from.relativize(file));
              Files.deleteIfExists(copy);
              copyIfThere(file, copy);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void copyIfThere(Path file, Path copy) throws IOException {
    try {
      Files.copy(file, copy);
    } catch (NoSuchFileException e) {
      // Deleted just now: the log, which is copied last, knows.
    }
  }

  /** As the superuser. */
  void execute(String database, String sql) throws SQLException {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The engine's tables. */
  Connection connect() throws SQLException {
    return server.getDatabase("millrace", "millrace").getConnection();
  }

  /** The names of the transactions that are prepared. */
  List<String> prepared() throws SQLException {
    return texts("select gid from pg_prepared_xacts");
  }

  /** The rows of a query of one column, asked by the superuser. */
  List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
