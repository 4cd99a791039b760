package org.millrace.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Another engine, embedded in a JVM of its own that is told by lines what to do. */
final class Peer implements Contender {

  private final String name;
  private final DataSource database;
  private final Process process;
  private final PrintWriter commands;
  private final BufferedReader answers;
  private final String settings;

  private Peer(String name, DataSource database, Process process) throws IOException {
    this.name = name;
    this.database = database;
    this.process = process;
    this.commands = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8), true);
    this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.settings = answer();
  }

  /** Starts a JVM with this main class on a database that has no tables yet. */
  static Peer start(String name, Class<?> main, DataSource database, String url)
      throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx1g",
                "-XX:+UseG1GC",
                "-classpath",
                System.getProperty("java.class.path"),
                main.getName(),
                url)
            .redirectError(Path.of("target", name + ".log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new Peer(name, database, process);
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null || !line.startsWith("ok")) {
      throw new IOException(name + " failed: see target/" + name + ".log " + line);
    }
    return line.substring(2).strip();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String settings() {
    return settings;
  }

  @Override
  public void begin(Workload workload, String key, int number) throws IOException {
    commands.println("begin " + workload.process() + " " + key + " " + number);
    answer();
  }

  @Override
  public void rest() throws IOException {
    commands.println("rest");
    answer();
  }

  @Override
  public Ended ended(Workload workload, String key) throws SQLException {
    return Postgres.ended(database, workload.endedWithPeer(key));
  }

  @Override
  public Duration cpu() {
    return Contender.cpu(Stream.of(process.toHandle()));
  }

  @Override
  public void close() {
    commands.close();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
