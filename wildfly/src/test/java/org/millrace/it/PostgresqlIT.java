package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the server connects to PostgreSQL. */
class PostgresqlIT {

  /** Of each connection of the engine's role: what it calls itself, and whether it is encrypted. */
  private static final String CONNECTIONS =
      "select application_name || ' ' || ssl from pg_stat_activity join pg_stat_ssl using (pid)"
          + " where usename = 'millrace'";

  @TempDir Path folder;

  @Test
  void givenOptionsOfTheDriver_whenTheServerRuns_thenEachConnectionHasThem() throws Exception {
    ServerKey key = ServerKey.generate(folder);
    try (Postgres postgres = Postgres.startWithTls("tls-database", key)) {
      Map<String, String> properties = new HashMap<>(postgres.properties());
      properties.put(
          "millrace.db.options",
          "ApplicationName=orders&sslmode=verify-full&sslrootcert=" + key.certificate());
      try (TestServer server = TestServer.named("tls", properties)) {
        server.start();

        assertThat(postgres.texts(CONNECTIONS)).isNotEmpty().containsOnly("orders true");
      }
    }
  }
}
