package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The backup of the database alone, taken while the server runs, is enough to go on with a new
 * broker: as docs/guides/operate.md says.
 */
class BackupIT {

  private static final String STAGE = "millrace.stage.of-a-worker";
  private static final String FORGET = "delete from millrace_timer_bucket";

  /** The database of a server, and its backup. */
  private interface Database {

    Map<String, String> properties();

    void backUp(TestServer server) throws Exception;

    /** Puts the backup in its place, and forgets what the old broker held. */
    void restore(TestServer server) throws Exception;
  }

  /** The build has one database do; both are for the profile "crash". */
  @Test
  @EnabledIfSystemProperty(named = "crash.halts", matches = "all")
  void givenTheH2OfARunningServer_whenRestoredBesideAnEmptyBroker_thenEverythingGoesOn()
      throws Exception {
    backUpAndRestore("h2", new H2(Path.of("target", "it", Bpmn.newId() + ".zip").toAbsolutePath()));
  }

  @Test
  void givenThePostgresqlOfARunningServer_whenRestoredBesideAnEmptyBroker_thenEverythingGoesOn()
      throws Exception {
    String name = Bpmn.newId();
    try (PostgresAndBackup database =
        new PostgresAndBackup(
            Postgres.start(name), Path.of("target", "it", name + "-backup").toAbsolutePath())) {
      backUpAndRestore("postgresql", database);
    }
  }

  private static void backUpAndRestore(String name, Database database) throws Exception {
    String order;
    String far;
    String workId;
    String work;
    try (TestServer server = TestServer.named("backup-" + name, database.properties())) {
      Rows.deployTo(server);
      server.start();
      Operations admin = new Operations(server, "admin");
      admin
          .deploy(Bpmn.process("work", "<serviceTask id=\"step\" millrace:stage=\"of-a-worker\"/>"))
          .ok();
      admin.deploy(timer("far", "PT3H")).ok();
      work = start(admin, "work");
      far = start(admin, "far");
      workId = admin.awaitWait(work, "step").get("workId").asText();
      Order plain = Order.plain();
      try (Requester client = new Requester(Wire.STOMP, server, "client")) {
        client.start(plain);
        order = admin.awaitInstance(plain.id());
        admin.awaitWait(order, "hour-over");
      }
      database.backUp(server);
      admin.post("instances/" + far + "/cancel").ok(); // After the backup: this is forgotten.
      server.kill();
    }

    try (TestServer server = TestServer.named("restored-" + name, database.properties())) {
      database.restore(server);
      server.start();
      Operations operator = new Operations(server, "operator");
      sendAllAgain(operator);

      try (WireClient worker = Wire.STOMP.connect(server, "worker")) {
        WireMessage again = worker.consume(STAGE).receive(Operations.PATIENCE);
        assertThat(again.properties()).containsEntry("workId", workId);
        worker.send(
            "millrace.outcome",
            new WireClient.Outgoing("{}", Map.of("workId", workId, "outcome", "done")));
      }
      operator.awaitState(work, "completed");
      String delivered = "{\"message\":\"delivered\",\"instanceId\":\"%s\"}".formatted(order);
      assertThat(operator.post("events", delivered).ok().get("state").asText())
          .isEqualTo("delivered");
      operator.awaitState(order, "completed");
      assertThat(operator.instance(far).get("state").asText()).isEqualTo("running");
      assertThat(server.manage(scheduled())).as("the bucket of the far timer").contains("bucket");
    }
  }

  private static String scheduled() {
    return "/subsystem=messaging-activemq/server=default/jms-queue=millrace.timer:list-scheduled-messages";
  }

  private static String timer(String id, String duration) {
    return Bpmn.process(
        id,
        """
        <intermediateCatchEvent id="step"><timerEventDefinition>
          <timeDuration>%s</timeDuration></timerEventDefinition></intermediateCatchEvent>"""
            .formatted(duration));
  }

  private static String start(Operations admin, String process) {
    return admin
        .post("instances", "{\"process\":\"%s\"}".formatted(process))
        .ok()
        .get("id")
        .asText();
  }

  private record H2(Path zip) implements Database {

    @Override
    public Map<String, String> properties() {
      return Map.of();
    }

    @Override
    public void backUp(TestServer server) {
      new Rows(server).select("backup to '" + zip + "'");
    }

    @Override
    public void restore(TestServer server) throws Exception {
      Path folder = server.dataDirectory().resolve("millrace");
      Files.createDirectories(folder);
      try (InputStream file = Files.newInputStream(zip);
          ZipInputStream entries = new ZipInputStream(file)) {
        for (ZipEntry entry = entries.getNextEntry();
            entry != null;
            entry = entries.getNextEntry()) {
          Path name = Path.of(entry.getName()).getFileName();
          Files.copy(entries, folder.resolve(name.toString()));
        }
      }
      try (Connection connection = H2File.open(server);
          Statement statement = connection.createStatement()) {
        statement.execute(FORGET);
      }
    }
  }

  private static final class PostgresAndBackup implements Database, AutoCloseable {

    private Postgres postgres;
    private final Path backup;

    PostgresAndBackup(Postgres postgres, Path backup) {
      this.postgres = postgres;
      this.backup = backup;
    }

    @Override
    public Map<String, String> properties() {
      return postgres.properties();
    }

    @Override
    public void backUp(TestServer server) throws Exception {
      postgres.backup(backup);
    }

    @Override
    public void restore(TestServer server) throws Exception {
      postgres.close();
      postgres = postgres.restored(backup);
      postgres.execute("millrace", FORGET);
    }

    @Override
    public void close() throws IOException {
      postgres.close();
    }
  }

  /** A resumed instance has its work, its timers and its calls sent again. */
  private static void sendAllAgain(Operations operator) {
    for (JsonNode one : operator.get("instances?state=running&size=500").ok().get("items")) {
      String id = one.get("id").asText();
      operator.post("instances/" + id + "/suspend").ok();
      operator.post("instances/" + id + "/resume").ok();
    }
  }
}
