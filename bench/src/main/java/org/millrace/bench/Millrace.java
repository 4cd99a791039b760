package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Millrace itself: started by message, as an application in the server starts processes. */
record Millrace(Server server, DataSource database) implements Contender {

  @Override
  public String name() {
    return "Millrace";
  }

  @Override
  public String settings() {
    return "the development server as built, libaio or NIO as found, on PostgreSQL";
  }

  @Override
  public void begin(Workload workload, String key, int number) throws IOException {
    server.post(
        "start?queue=millrace.start&process=%s&key=%s&number=%d"
            .formatted(workload.process(), key, number));
    if (workload == Workload.WAIT) {
      server.post("start?queue=millrace.event&process=go&key=%s&number=%d".formatted(key, number));
    }
  }

  @Override
  public Ended ended(Workload workload, String key) throws SQLException {
    return Postgres.ended(database, workload.ended(key));
  }

  @Override
  public Duration cpu() {
    return server.cpu();
  }

  @Override
  public void close() {
    server.close();
  }
}
