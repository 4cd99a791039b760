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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads what to do from standard input, and has the engine do it. */
final class Driver {

  /** As many as the processors can use: starting is work as well. */
  private static final int STARTERS = 4;

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
    return new HikariDataSource(config);
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
      } else {
        engine.work();
        start(engine, starters, words[1], words[2], Integer.parseInt(words[3]));
      }
      answers.println("ok");
    }
    System.exit(0);
  }

  private static void start(
      Engine engine, ExecutorService starters, String process, String key, int number)
      throws InterruptedException, ExecutionException {
    List<Future<?>> parts = new ArrayList<>();
    for (int part = 0; part < STARTERS; part++) {
      int first = part;
      parts.add(
          starters.submit(
              () -> {
                for (int i = first; i < number; i += STARTERS) {
                  engine.start(process, key + "-" + i);
                  if (process.equals("wait")) {
                    engine.send("go", key + "-" + i);
                  }
                }
              }));
    }
    for (Future<?> part : parts) {
      part.get();
    }
  }
}
