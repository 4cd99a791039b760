package org.millrace.wildfly;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the server in the foreground until Ctrl-C: the last step of {@code mvn -P run}. When this
 * process is told to end, so is the server, and this process waits until it has.
 */
public final class Run {

  private static final long STOP_TIMEOUT_SECONDS = 60;

  private Run() {}

  /**
   * Starts the server and returns when it has ended.
   *
   * @param args the server's home directory
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command(Path.of(args[0])));
    // Makes the script pass signals on to the server, and wait for it.
    builder.environment().put("LAUNCH_JBOSS_IN_BACKGROUND", "true");
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process server = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
    int status = server.waitFor();
    // 130 and 143: ended by a signal, as it should be.
    if (status != 0 && status != 130 && status != 143) {
      throw new IOException("The server ended with status " + status);
    }
  }

  /** The start script with those system properties that are the server's. */
  private static List<String> command(Path home) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("standalone.sh").toString());
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("millrace.") || name.startsWith("jboss."))
        .sorted()
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    return command;
  }

  private static void stop(Process server) {
    server.destroy();
    try {
      if (!server.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
