package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** How many stages are done each second: all turns of a race, once all are warm. */
record Throughput(Race race) implements Workload {

  @Override
  public String measure(Contest contest) throws IOException, SQLException, InterruptedException {
    for (Contender contender : contest.who(race)) {
      contest.warmUp(contender, race, race + "warm");
    }
    Map<String, List<Turn>> results =
        contest.inTurns(
            contest.who(race),
            (contender, turn) -> contest.turn(contender, race, race + "" + turn));
    return new Table(race, results).markdown();
  }
}
