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
  public void begin(Race race, String key, int number) throws IOException {
    commands.println("begin " + race.process() + " " + key + " " + number);
    answer();
  }

  @Override
  public void beginPaced(Race race, String key, int number, long firstMillis, int intervalMillis)
      throws IOException {
    commands.println(
        "paced %s %s %d %d %d".formatted(race.process(), key, number, firstMillis, intervalMillis));
    answer();
  }

  @Override
  public int waitingFor(String message) throws SQLException {
    return Integer.parseInt(
        Postgres.text(
            database,
            "select count(*) from act_ru_event_subscr where event_name_ = '" + message + "'"));
  }

  @Override
  public void send(String message, String key, int number) throws IOException {
    commands.println("send " + message + " " + key + " " + number);
    answer();
  }

  @Override
  public Latencies latencies(String key, long firstMillis, int intervalMillis) throws SQLException {
    return Latencies.of(
        database,
        """
        select extract(epoch from end_time_) * 1000
          - (%d + %d * split_part(business_key_, '-', 2)::bigint)
        from act_hi_procinst where business_key_ like '%s-%%'
        """
            .formatted(firstMillis, intervalMillis, key));
  }

  @Override
  public boolean knows(Race race) {
    return race != Race.TIMER;
  }

  @Override
  public void rest() throws IOException {
    commands.println("rest");
    answer();
  }

  @Override
  public Ended ended(Race race, String key) throws SQLException {
    return Postgres.ended(database, race.endedWithPeer(key));
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
