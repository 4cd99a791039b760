package org.millrace.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Who takes part, and how much is asked of them.
 *
 * @param turns of each contender that count
 * @param number instances of each turn
 */
record Contest(Postgres postgres, List<Contender> contenders, int turns, int number) {

  static final Duration TIMEOUT = Duration.ofMinutes(10);

  /** How long each works before it counts, at least: the same time for all. */
  private static final Duration WARM_UP =
      Duration.ofSeconds(Integer.getInteger("bench.warmup.seconds", 30));

  List<Contender> who(Race race) {
    return contenders.stream().filter(contender -> contender.knows(race)).toList();
  }

  /** The one that is compared with the others. */
  Millrace millrace() {
    return contenders.stream()
        .filter(Millrace.class::isInstance)
        .map(Millrace.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** Turns that do not count: a JVM that has just started is busy with compiling. */
  void warmUp(Contender contender, Race race, String key)
      throws IOException, SQLException, InterruptedException {
    long end = System.nanoTime() + WARM_UP.toNanos();
    for (int turn = 0; turn == 0 || System.nanoTime() < end; turn++) {
      turn(contender, race, key + turn);
    }
  }

  /** What one contender does in a turn. */
  @FunctionalInterface
  interface Play<T> {
    T turn(Contender contender, int turn) throws IOException, SQLException, InterruptedException;
  }

  /** All turns that count, by the contenders' names: in each turn one after the other. */
  <T> Map<String, List<T>> inTurns(List<Contender> who, Play<T> play)
      throws IOException, SQLException, InterruptedException {
    Map<String, List<T>> results = new LinkedHashMap<>();
    for (int turn = 0; turn < turns; turn++) {
      for (Contender contender : who) {
        results
            .computeIfAbsent(contender.name(), name -> new ArrayList<>())
            .add(play.turn(contender, turn));
      }
    }
    return results;
  }

  /** One turn of one contender, verified. */
  Turn turn(Contender contender, Race race, String key)
      throws IOException, SQLException, InterruptedException {
    Duration engine = contender.cpu();
    Duration database = postgres.cpu();
    long commits = postgres.commits();
    long began = System.currentTimeMillis();
    contender.begin(race, key, number);
    if (race == Race.ORDER) {
      long deadline = System.nanoTime() + TIMEOUT.toNanos();
      while (contender.waitingFor("delivered") < number) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(contender.name() + ": not all orders were shipped");
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
      contender.send("delivered", key, number);
    }
    long ended = awaitEnd(contender, race, key, number);
    double stages = (double) number * race.stages;
    Turn turn =
        new Turn(
            stages * 1000 / (ended - began),
            contender.cpu().minus(engine).toMillis() / stages,
            postgres.cpu().minus(database).toMillis() / stages,
            (postgres.commits() - commits) / stages);
    System.out.printf("%-10s %-10s %s%n", contender.name(), key, turn);
    return turn;
  }

  /**
   * Waits until the database says that all have ended as they should.
   *
   * @return when the last one did, in milliseconds since the epoch
   */
  long awaitEnd(Contender contender, Race race, String key, int number)
      throws IOException, SQLException, InterruptedException {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    Contender.Ended ended = contender.ended(race, key);
    while (ended.number() < number) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s: only %d of %d ended as they should"
                .formatted(contender.name(), ended.number(), number));
      }
      TimeUnit.MILLISECONDS.sleep(200);
      ended = contender.ended(race, key);
    }
    contender.rest();
    return ended.atMillis();
  }
}
