package org.millrace.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads what to do from standard input, and has the engine do it. */
final class Driver {

  /** As many as the processors can use: starting is work as well. */
  private static final int STARTERS = 4;

  private static final ScheduledExecutorService PACE = Executors.newScheduledThreadPool(STARTERS);

  /** An engine. */
  interface Engine {

    /** Its version and tuning, on one line. */
    String settings();

    /** Starts the threads that do jobs. */
    void work();

    /** Stops them: somebody else's turn. */
    void rest();

    void start(String process, String businessKey);

    /** Sends a message to the instance that waits for it. */
    void send(String message, String businessKey);
  }

  private Driver() {}

  /** The pool that every peer gets: PostgreSQL's driver, prepared statements kept. */
  static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(40);
    config.setMinimumIdle(40);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    HikariDataSource pool = new HikariDataSource(config);
    try {
      OrderWork.makeTables(pool);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return pool;
  }

  /** What an instance begins with. */
  static Map<String, Object> variables(String process) {
    return process.equals("order") ? OrderWork.VARIABLES : Map.of("n", 0L);
  }

  static void serve(Engine engine) throws IOException, InterruptedException, ExecutionException {
    // What libraries print goes to the log: the answers stand alone on standard output.
    PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    System.setOut(System.err);
    answers.println("ok " + engine.settings());
    ExecutorService starters = Executors.newFixedThreadPool(STARTERS);
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    String line;
    while ((line = commands.readLine()) != null) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("rest")) {
        engine.rest();
      } else if (words[0].equals("paced")) {
        engine.work();
        pace(
            engine,
            words[1],
            words[2],
            Integer.parseInt(words[3]),
            Long.parseLong(words[4]),
            Integer.parseInt(words[5]));
      } else if (words[0].equals("send")) {
        String message = words[1];
        each(starters, words[2], Integer.parseInt(words[3]), key -> engine.send(message, key));
      } else {
        engine.work();
        String process = words[1];
        each(
            starters,
            words[2],
            Integer.parseInt(words[3]),
            key -> {
              engine.start(process, key);
              if (process.equals("wait")) {
                engine.send("go", key);
              }
            });
      }
      answers.println("ok");
    }
    System.exit(0);
  }

  private static void each(
      ExecutorService starters, String key, int number, Consumer<String> action)
      throws InterruptedException, ExecutionException {
    List<Future<?>> parts = new ArrayList<>();
    for (int part = 0; part < STARTERS; part++) {
      int first = part;
      parts.add(
          starters.submit(
              () -> {
                for (int i = first; i < number; i += STARTERS) {
                  action.accept(key + "-" + i);
                }
              }));
    }
    for (Future<?> part : parts) {
      part.get();
    }
  }

  /**
   * Starts one after the other, each in its time: as clients do that know nothing of each other.
   */
  private static void pace(
      Engine engine, String process, String key, int number, long firstMillis, int interval) {
    for (int i = 0; i < number; i++) {
      String businessKey = key + "-" + i;
      long at = firstMillis + (long) i * interval - System.currentTimeMillis();
      ScheduledFuture<?> unused =
          PACE.schedule(() -> engine.start(process, businessKey), at, TimeUnit.MILLISECONDS);
    }
  }
}
