package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;

/** Something that is measured. */
interface Workload {

  /**
   * Measures it with all who take part.
   *
   * @return what came out, as a table in Markdown
   */
  String measure(Contest contest) throws IOException, SQLException, InterruptedException;

  /** The workload of this name, as in README.md. */
  static Workload named(String name) {
    return switch (name) {
      case "IDLE" -> new Idle();
      case "DEEP" -> new Deep();
      case "GROWTH" -> new Growth();
      case "LATENCY" -> new Latency();
      case "TIMER" -> new Timers();
      default -> new Throughput(Race.valueOf(name.toUpperCase(Locale.ROOT)));
    };
  }
}
