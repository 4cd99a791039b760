package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
  public void begin(Race race, String key, int number) throws IOException {
    server.post(
        "start?queue=millrace.start&process=%s&key=%s&number=%d"
            .formatted(race.process(), key, number));
    if (race == Race.WAIT) {
      send("go", key, number);
    }
  }

  /** Begins instances that have so many bytes in one more variable. */
  void begin(String process, String key, int number, int bytes) throws IOException {
    server.post(
        "start?queue=millrace.start&process=%s&key=%s&number=%d&bytes=%d"
            .formatted(process, key, number, bytes));
  }

  /** How many of these have been completed. */
  int completed(String key) throws SQLException {
    return Integer.parseInt(
        Postgres.text(
            database,
            "select count(*) from millrace_instance where state = 'completed' and business_key like '%s-%%'"
                .formatted(key)));
  }

  @Override
  public void send(String message, String key, int number) throws IOException {
    server.post(
        "start?queue=millrace.event&process=%s&key=%s&number=%d".formatted(message, key, number));
  }

  @Override
  public int waitingFor(String message) throws SQLException {
    return Integer.parseInt(
        Postgres.text(
            database,
            "select count(*) from millrace_message_wait where message = '" + message + "'"));
  }

  @Override
  public void beginPaced(Race race, String key, int number, long firstMillis, int intervalMillis)
      throws IOException {
    server.post(
        "pace?queue=millrace.start&process=%s&key=%s&number=%d&first=%d&interval=%d"
            .formatted(race.process(), key, number, firstMillis, intervalMillis));
  }

  @Override
  public Latencies latencies(String key, long firstMillis, int intervalMillis) throws SQLException {
    return Latencies.of(
        database,
        """
        select extract(epoch from ended_at) * 1000
          - (%d + %d * split_part(business_key, '-', 2)::bigint)
        from millrace_instance where business_key like '%s-%%'
        """
            .formatted(firstMillis, intervalMillis, key));
  }

  /** Sets timers that are due within a span of time, evenly. */
  void beginTimers(String key, int number, long firstMillis, long spanMillis) throws IOException {
    server.post(
        "timers?key=%s&number=%d&first=%d&span=%d".formatted(key, number, firstMillis, spanMillis));
  }

  /** How late these timers were, as the history says. */
  Latencies lateness(String key) throws SQLException {
    return Latencies.of(
        database,
        """
        select extract(epoch from ended_at) * 1000
          - extract(epoch from (variables::json ->> 'due')::timestamptz) * 1000
        from millrace_instance where business_key like '%s-%%'
        """
            .formatted(key));
  }

  /** When the last of these began. */
  Instant lastStart(String key) throws SQLException {
    return Instant.ofEpochMilli(
        Long.parseLong(
            Postgres.text(
                database,
                """
                select (max(extract(epoch from started_at)) * 1000)::bigint
                from millrace_instance where business_key like '%s-%%'
                """
                    .formatted(key))));
  }

  /** Has so many more instances wait: rows like those of one that was really begun. */
  void fill(String key, int number) throws IOException, SQLException, InterruptedException {
    begin("wait", key, 1, 0);
    String begun = "select id from millrace_instance where business_key = '" + key + "-0'";
    String waits =
        "select count(*) from millrace_message_wait where instance_id in (" + begun + ")";
    while (Postgres.text(database, waits).equals("0")) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    for (String table : List.of("history", "message_wait", "instance")) {
      copy(table, table.equals("instance") ? "id" : "instance_id", key, begun, number);
    }
    Postgres.execute(database, "analyze");
  }

  private void copy(String table, String id, String key, String begun, int number)
      throws SQLException {
    String columns =
        Postgres.text(
            database,
            """
            select string_agg(case
              when column_name = '%s' then 'md5(t.%1$s || n)::uuid::text'
              when column_name in ('business_key', 'correlation_key')
                then quote_literal('%s-') || ' || n'
              else 't.' || column_name end, ', ' order by ordinal_position)
            from information_schema.columns where table_name = 'millrace_%s'
            """
                .formatted(id, key, table));
    Postgres.execute(
        database,
        """
        insert into millrace_%s select %s from millrace_%1$s t, generate_series(1, %d) n
        where t.%s in (%s)
        """
            .formatted(table, columns, number, id, begun));
  }

  @Override
  public Ended ended(Race race, String key) throws SQLException {
    return Postgres.ended(database, race.ended(key));
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
