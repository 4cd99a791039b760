package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
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
  public void begin(String process, String key, int number) throws IOException {
    server.post(
        "start?queue=millrace.start&process=%s&key=%s&number=%d".formatted(process, key, number));
  }

  @Override
  public Ended ended(String process, String key) throws SQLException {
    return Postgres.ended(
        database,
        """
        select count(*), coalesce(max(extract(epoch from ended_at) * 1000), 0)::bigint
        from millrace_instance i
        where business_key like '%s-%%' and state = 'completed' and variables like '%%"n":5%%'
          and (select count(*) from millrace_history h where h.instance_id = i.id) = 6
        """
            .formatted(key));
  }

  @Override
  public void close() {
    server.close();
  }
}
