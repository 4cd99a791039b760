package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How many statements an engine sends to its database when it has nothing to do. */
record Idle() implements Workload {

  private static final int SECONDS = Integer.getInteger("bench.idle.seconds", 60);

  @Override
  public String measure(Contest contest) throws IOException, SQLException, InterruptedException {
    StringBuilder lines =
        new StringBuilder(
            """

            | idle | statements/s | for work | to find what a crash has left |
            | --- | --- | --- | --- |
            """);
    for (Contender contender : contest.contenders()) {
      if (!(contender instanceof Floor)) {
        contender.begin(Race.CHAIN, "idle", 0); // It may look for work; the others rest.
        TimeUnit.SECONDS.sleep(5);
        Postgres.Statements seen =
            contest.postgres().statements(contender.name().toLowerCase(Locale.ROOT), SECONDS);
        contender.rest();
        lines.append(
            "| %s | %.2f | **%.2f** | %.2f |%n"
                .formatted(
                    contender.name(),
                    (double) seen.all() / SECONDS,
                    (double) (seen.all() - seen.recovery()) / SECONDS,
                    (double) seen.recovery() / SECONDS));
      }
    }
    return lines.toString();
  }
}
