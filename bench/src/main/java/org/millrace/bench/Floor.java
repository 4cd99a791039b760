package org.millrace.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The floor: message-driven beans in the same server that do for each stage what no engine can do
 * without, in the same group commit, and nothing else.
 */
record Floor(Server server, DataSource database) implements Contender {

  private static final String QUEUE = "millrace.stage.floor-";

  /** Makes its tables. */
  static Floor in(Server server, DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table bench_floor (id varchar(64) primary key, step integer not null,
            state varchar not null, changed_at timestamp(6) with time zone not null)
          """);
      statement.execute(
          """
          create table bench_floor_history (id varchar(64) not null, step integer not null,
            at timestamp(6) with time zone not null, events varchar not null,
            primary key (id, step))
          """);
    }
    return new Floor(server, database);
  }

  @Override
  public String name() {
    return "floor";
  }

  @Override
  public String settings() {
    return "bare message-driven beans in Millrace's server, groups of up to 64";
  }

  @Override
  public void begin(Race race, String key, int number) throws IOException {
    server.post("start?queue=%s0&process=none&key=%s&number=%d".formatted(QUEUE, key, number));
  }

  @Override
  public void beginPaced(Race race, String key, int number, long firstMillis, int intervalMillis)
      throws IOException {
    server.post(
        "pace?queue=%s0&process=none&key=%s&number=%d&first=%d&interval=%d"
            .formatted(QUEUE, key, number, firstMillis, intervalMillis));
  }

  @Override
  public int waitingFor(String message) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void send(String message, String key, int number) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Latencies latencies(String key, long firstMillis, int intervalMillis) throws SQLException {
    return Latencies.of(
        database,
        """
        select extract(epoch from changed_at) * 1000
          - (%d + %d * split_part(id, '-', 2)::bigint)
        from bench_floor where id like '%s-%%'
        """
            .formatted(firstMillis, intervalMillis, key));
  }

  @Override
  public Ended ended(Race race, String key) throws SQLException {
    return Postgres.ended(
        database,
        """
        select count(*), coalesce(max(extract(epoch from changed_at) * 1000), 0)::bigint
        from bench_floor f where id like '%s-%%' and step = 5
          and (select count(*) from bench_floor_history h where h.id = f.id) = 6
        """
            .formatted(key));
  }

  @Override
  public boolean knows(Race race) {
    return race == Race.CHAIN;
  }

  @Override
  public Duration cpu() {
    return server.cpu();
  }

  /** The server is another's. */
  @Override
  public void close() {}
}
