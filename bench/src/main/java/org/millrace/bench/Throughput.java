package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many stages are done each second: all turns of a race, once all are warm. */
record Throughput(Race race) implements Workload {

  @Override
  public String measure(Contest contest) throws IOException, SQLException, InterruptedException {
    for (Contender contender : contest.who(race)) {
      contest.warmUp(contender, race, race + "warm");
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
}
