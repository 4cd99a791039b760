package org.millrace.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A server of a test's own: the home that the build made ready, with a base directory
 * (configuration, deployments, data, log) and ports of its own. It can be stopped, killed and
 * started again on the same data.
 */
final class TestServer implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(6);
  private static final Path HOME = Path.of(System.getProperty("server.home", "target/server"));
  private static final int[] PORTS = {8080, 9990, 5672, 61613};

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path base;
  private final List<String> properties;
  private final int offset;
  private final Map<String, String> environment = new HashMap<>();
  private String javaOptions = "-Xmx512m";
  private Process process;

  private TestServer(Path base, int offset, Map<String, String> properties) {
    this.base = base;
    this.offset = offset;
    this.properties = properties.entrySet().stream().map(e -> "-D" + e).toList();
  }

  /**
   * A server that has not been started yet, without any data.
   *
   * @param name names its base directory below {@code target/it}; an older one is deleted
   * @param properties system properties for the start script, such as {@code millrace.db}
   */
  static TestServer named(String name, Map<String, String> properties) {
    Path base = Path.of("target", "it", name).toAbsolutePath();
    try {
      deleteTree(base);
      copyTree(HOME.resolve("standalone/configuration"), base.resolve("configuration"));
      copyTree(HOME.resolve("standalone/deployments"), base.resolve("deployments"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TestServer(base, freeOffset(), properties);
  }

  /** Gives the server's Java one more option, from its next start on. */
  TestServer withJava(String option) {
    javaOptions += " " + option;
    return this;
  }

  /** Sets a variable of the server's environment, from its next start on. */
  TestServer withEnvironment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Starts the server and returns when it and all its deployments are ready. */
  TestServer start() {
    launch();
    awaitReady();
    return this;
  }

  /** Starts the server and returns at once. */
  void launch() {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("bin/standalone.sh").toAbsolutePath().toString());
    command.add("-Djboss.server.base.dir=" + base);
    command.add("-Djboss.socket.binding.port-offset=" + offset);
    command.addAll(properties);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().merge("JAVA_OPTS", javaOptions, (given, ours) -> ours + " " + given);
    builder.environment().putAll(environment);
    builder.environment().put("LAUNCH_JBOSS_IN_BACKGROUND", "true");
    builder.redirectErrorStream(true);
    builder.redirectOutput(console().toFile());
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // A test that is ended halfway leaves no server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  void awaitReady() {
    try {
      await().atMost(START_TIMEOUT).until(() -> isReady() || hasFailed());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("The server is not ready in time; see " + log(), e);
    }
    if (hasFailed()) {
      throw new AssertionError(
          "The server or a deployment failed to start; see %s: %s".formatted(log(), errors()));
    }
  }

  /** Ended, or started with errors (WFLYSRV0026): it will not become ready any more. */
  private boolean hasFailed() {
    try {
      return !process.isAlive() || Files.readString(console()).contains("WFLYSRV0026");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server and all its deployments are up, as it says itself. */
  boolean isReady() {
    HttpRequest request =
        HttpRequest.newBuilder(management().resolve("/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Stops the server as an operator would, and waits until it has ended. */
  void stop() {
    if (isRunning()) {
      process.destroy();
      await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive());
    }
  }

  /** Waits until the server has ended by itself, and returns its status. */
  int awaitEnd(Duration atMost) {
    await().atMost(atMost).until(() -> !process.isAlive());
    return process.exitValue();
  }

  /** {@code kill -9}: the server has no chance to do anything any more. */
  void kill() {
    if (isRunning()) {
      List<ProcessHandle> java = process.descendants().toList();
      java.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      java.forEach(handle -> handle.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }
  }

  /** Has the server's own command line carry out a command, and returns what it printed. */
  String manage(String command) {
    ProcessBuilder cli =
        new ProcessBuilder(
            HOME.resolve("bin/jboss-cli.sh").toAbsolutePath().toString(),
            "--connect",
            "--controller=127.0.0.1:" + managementPort(),
            "--command=" + command);
    cli.redirectErrorStream(true);
    try {
      Process run = cli.start();
      String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (run.waitFor() != 0) {
        throw new AssertionError(command + " failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** The pages and JSON resources: {@code http://127.0.0.1:PORT/millrace/}. */
  URI web() {
    return URI.create("http://127.0.0.1:" + httpPort() + "/millrace/");
  }

  /** Health and metrics. */
  URI management() {
    return URI.create("http://127.0.0.1:" + managementPort() + "/");
  }

  int httpPort() {
    return 8080 + offset;
  }

  int managementPort() {
    return 9990 + offset;
  }

  int amqpPort() {
    return 5672 + offset;
  }

  int stompPort() {
    return 61613 + offset;
  }

  Path dataDirectory() {
    return base.resolve("data");
  }

  /** What is deployed when the server starts; what is put here while it runs is deployed soon. */
  Path deployments() {
    return base.resolve("deployments");
  }

  /** What the server printed since it was started last. */
  Path console() {
    return base.resolve("console.log");
  }

  String consoleText() {
    try {
      return Files.readString(console());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines in which it said that something is wrong, since it was started last. */
  List<String> errors() {
    return consoleText().lines().filter(line -> line.contains(" ERROR [")).toList();
  }

  Path log() {
    return base.resolve("log/server.log");
  }

  String logText() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** 61613 + offset must be a port: so the offset is below 3900. */
  private static int freeOffset() {
    return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(1, 3900))
        .limit(100)
        .filter(offset -> IntStream.of(PORTS).allMatch(port -> isFree(port + offset)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
