package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many stages are done each second: all turns of a race, once all are warm. */
record Throughput(Race race) implements Workload {

  /** How long each works before it counts, at least: the same time for all. */
  private static final Duration WARM_UP =
      Duration.ofSeconds(Integer.getInteger("bench.warmup.seconds", 30));

  @Override
  public String measure(Contest contest) throws IOException, SQLException, InterruptedException {
    for (Contender contender : contest.who(race)) {
      warmUp(contest, contender);
    }
    Map<String, List<Turn>> results = new LinkedHashMap<>();
    for (int turn = 0; turn < contest.turns(); turn++) {
      for (Contender contender : contest.who(race)) {
        Turn result = contest.turn(contender, race, race + "" + turn);
        results.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(result);
      }
    }
    return new Table(race, results).markdown();
  }

  private void warmUp(Contest contest, Contender contender)
      throws IOException, SQLException, InterruptedException {
    long end = System.nanoTime() + WARM_UP.toNanos();
    for (int turn = 0; turn == 0 || System.nanoTime() < end; turn++) {
      contest.turn(contender, race, race + "warm" + turn);
    }
  }
}
