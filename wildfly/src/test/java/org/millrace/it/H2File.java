package org.millrace.it;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The database of a server that is down, where it is H2. Of one that runs, see {@link Rows}. */
final class H2File {

  /** Counts what is prepared. */
  static final String IN_DOUBT = "select count(*) from information_schema.in_doubt";

  private H2File() {}

  static Connection open(TestServer server) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:file:%s;IFEXISTS=TRUE;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
            .formatted(server.dataDirectory().resolve("millrace/millrace")),
        "millrace",
        "millrace");
  }
}
