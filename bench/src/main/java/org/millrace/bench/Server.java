package org.millrace.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Millrace's server as the build made it ready, with a base folder of its own. */
final class Server implements AutoCloseable {

  private static final Path HOME = Path.of(System.getProperty("server.home")).toAbsolutePath();
  private static final int OFFSET = Integer.getInteger("bench.port-offset", 1500);
  private static final Duration START = Duration.ofMinutes(4);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path base;
  private final Process process;

  private Server(Path base, Process process) {
    this.base = base;
    this.process = process;
  }

  /** Starts it on this PostgreSQL and returns when all is deployed. */
  static Server start(Path base, int postgresPort, List<String> options)
      throws IOException, InterruptedException {
    delete(base);
    copy(HOME.resolve("standalone/configuration"), base.resolve("configuration"));
    Files.createDirectories(base.resolve("deployments"));
    for (String archive : List.of("millrace.ear", "order.jar")) {
      Files.copy(
          HOME.resolve("standalone/deployments").resolve(archive),
          base.resolve("deployments").resolve(archive));
    }
    writeArchive(base.resolve("deployments/bench.war"));

    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("bin/standalone.sh").toString());
    command.add("-Djboss.server.base.dir=" + base.toAbsolutePath());
    command.add("-Djboss.socket.binding.port-offset=" + OFFSET);
    command.add("-Dmillrace.db=postgresql");
    command.add("-Dmillrace.db.port=" + postgresPort);
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LAUNCH_JBOSS_IN_BACKGROUND", "true");
    builder.redirectErrorStream(true);
    builder.redirectOutput(base.resolve("console.log").toFile());
    Server server = new Server(base, builder.start());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    server.awaitReady();
    return server;
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("the server does not start: see " + base.resolve("console.log"));
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + (9990 + OFFSET) + "/health/ready"))
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What it has used of the processors so far. */
  Duration cpu() {
    return Contender.cpu(process.descendants());
  }

  /** Has the servlet in the server begin a run. */
  void post(String pathAndQuery) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + (8080 + OFFSET) + "/bench/" + pathAndQuery))
            .POST(BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(pathAndQuery + ": " + response.statusCode() + response.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** bench.war: the classes of the package {@code server}, and a bean for each queue. */
  private static void writeArchive(Path archive) throws IOException {
    int sessions = Integer.getInteger("bench.sessions", Runtime.getRuntime().availableProcessors());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (String name :
          List.of(
              "ChainStage",
              "FanStage",
              "FloorStage",
              "PaceServlet",
              "Processes",
              "Sender",
              "StartServlet",
              "TimersServlet",
              "package-info")) {
        String path = "org/millrace/bench/server/" + name + ".class";
        add(zip, "WEB-INF/classes/" + path, bytes(path));
      }
      Map<String, byte[]> processes = new LinkedHashMap<>();
      for (String process : List.of("chain.bpmn", "fan.bpmn", "wait.bpmn", "timer.bpmn")) {
        processes.put(process, bytes(process));
      }
      Shapes.all()
          .forEach((name, xml) -> processes.put(name, xml.getBytes(StandardCharsets.UTF_8)));
      for (Map.Entry<String, byte[]> process : processes.entrySet()) {
        add(zip, "WEB-INF/classes/" + process.getKey(), process.getValue());
      }
      add(
          zip,
          "WEB-INF/classes/processes",
          String.join("\n", processes.keySet()).getBytes(StandardCharsets.UTF_8));
      for (String name :
          List.of("jboss-all.xml", "jboss-deployment-structure.xml", "jboss-web.xml")) {
        String folder = name.equals("jboss-all.xml") ? "META-INF/" : "WEB-INF/";
        add(zip, folder + name, bytes("war/" + name));
      }
      StringBuilder beans = new StringBuilder();
      IntStream.rangeClosed(1, 5)
          .forEach(i -> beans.append(bean("ChainStage", "chain-" + i, sessions)));
      IntStream.rangeClosed(1, 4)
          .forEach(i -> beans.append(bean("FanStage", "fan-" + i, sessions)));
      beans.append(bean("ChainStage", "wait-1", sessions));
      IntStream.rangeClosed(0, 5)
          .forEach(i -> beans.append(bean("FloorStage", "floor-" + i, sessions)));
      String descriptor =
          """
          <ejb-jar xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0">
          <enterprise-beans>%s</enterprise-beans>
          </ejb-jar>
          """
              .formatted(beans);
      add(zip, "WEB-INF/ejb-jar.xml", descriptor.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String bean(String type, String stage, int sessions) {
    return """
        <message-driven>
          <ejb-name>%2$s</ejb-name>
          <ejb-class>org.millrace.bench.server.%1$s</ejb-class>
          <messaging-type>jakarta.jms.MessageListener</messaging-type>
          <transaction-type>Container</transaction-type>
          <activation-config>
            %3$s%4$s%5$s%6$s
          </activation-config>
        </message-driven>
        """
        .formatted(
            type,
            stage,
            property("destinationType", "jakarta.jms.Queue"),
            property("useJNDI", "false"),
            property("destination", "millrace.stage." + stage),
            property("maxSession", String.valueOf(sessions)));
  }

  private static String property(String name, String value) {
    return "<activation-config-property><activation-config-property-name>%s</activation-config-property-name><activation-config-property-value>%s</activation-config-property-value></activation-config-property>"
        .formatted(name, value);
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(Server.class.getResourceAsStream("/" + resource), resource)) {
      return file.readAllBytes();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
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

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> paths = Files.walk(tree)) {
        paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroy();
      try {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
