package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The chain, alone and then while very many other instances wait. Of Millrace alone. */
record Deep() implements Workload {

  private static final int WAITING = Integer.getInteger("bench.deep", 1_000_000);

  @Override
  public String measure(Contest contest) throws IOException, SQLException, InterruptedException {
    Millrace millrace = contest.millrace();
    contest.warmUp(millrace, Race.CHAIN, "warm");
    List<Turn> alone = turns(contest, millrace, "alone");
    millrace.fill("asleep", WAITING);
    contest.turn(millrace, Race.CHAIN, "full");
    List<Turn> deep = turns(contest, millrace, "deep");
    double before = Table.median(alone, Turn::perSecond);
    double after = Table.median(deep, Turn::perSecond);
    return """

        | deep | stages/s here | CPU ms/stage | in the database |
        | --- | --- | --- | --- |
        | no other instance | %.0f | %.2f | %.2f |
        | %,d wait beside them | %.0f | %.2f | %.2f |
        | to it | **%.2f** | | |
        """
        .formatted(
            before,
            Table.median(alone, Turn::engine),
            Table.median(alone, Turn::database),
            WAITING,
            after,
            Table.median(deep, Turn::engine),
            Table.median(deep, Turn::database),
            after / before);
  }

  private static List<Turn> turns(Contest contest, Millrace millrace, String key)
      throws IOException, SQLException, InterruptedException {
    List<Turn> turns = new ArrayList<>();
    for (int turn = 1; turn <= contest.turns(); turn++) {
      turns.add(contest.turn(millrace, Race.CHAIN, key + turn));
    }
    return turns;
  }
}
