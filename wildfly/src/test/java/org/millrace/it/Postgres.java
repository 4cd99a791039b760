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
import java.util.Set;

/** A PostgreSQL of a test's own, with the engine's role and database, as the operator's guide. */
record Postgres(EmbeddedPostgres server, Path folder) implements AutoCloseable {

  private static final String PREPARED = "max_prepared_transactions";

  /** What belongs to the running server, and not to its data. */
  private static final Set<String> RUNNING = Set.of("postmaster.pid", "epg-lock");

  /**
   * A new one.
   *
   * @param name names its folder below {@code target/it}
   */
  static Postgres start(String name) throws IOException, SQLException {
    Path folder = Path.of("target", "it", name).toAbsolutePath();
    Postgres postgres = open(folder, EmbeddedPostgres.builder().setCleanDataDirectory(true));
    postgres.execute("postgres", "create role millrace login password 'millrace'");
    postgres.execute("postgres", "create database millrace owner millrace");
    return postgres;
  }

  /** One in the place of this one, which is closed, that begins with a backup. */
  Postgres restored(Path backup) throws IOException, SQLException {
    Postgres postgres =
        open(
            backup,
            EmbeddedPostgres.builder().setCleanDataDirectory(false).setPort(server.getPort()));
    // Nobody will ever settle what was prepared in it.
    for (String id : postgres.strings("select gid from pg_prepared_xacts")) {
      postgres.execute("millrace", "rollback prepared '" + id + "'");
    }
    return postgres;
  }

  private static Postgres open(Path folder, EmbeddedPostgres.Builder builder) throws IOException {
    return new Postgres(
        builder.setDataDirectory(folder).setServerConfig(PREPARED, "200").start(), folder);
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

  private List<String> strings(String sql) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
