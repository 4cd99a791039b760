package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of each halt: a table for each database and for each way of taking messages, a line for
 * each point, a column per bean.
 */
final class KillTable {

  private static final Path PAGE = Path.of("..", "docs", "kill-matrix.md");
  private static final String BEGIN = "<!-- Written by KillMatrixIT -->";

  private record Cell(String database, Victim victim, KillPoint point, String failure) {}

  private final List<Cell> cells = new ArrayList<>();
  private final Map<String, Duration> longest = new TreeMap<>();

  /** Does what proves a cell, and notes what came of it. */
  void check(String database, Agent.Hold hold, Duration settled, Runnable proof) {
    longest.merge(database, settled, (a, b) -> a.compareTo(b) < 0 ? b : a);
    String failure = "";
    try {
      proof.run();
    } catch (RuntimeException | AssertionError e) {
      failure = String.valueOf(e);
    }
    cells.add(new Cell(database, hold.victim(), hold.point(), failure));
  }

  void assertAllIsWell(String database) {
    assertThat(cells.stream().filter(cell -> cell.database().startsWith(database)))
        .allSatisfy(
            cell -> assertThat(cell.failure()).as("%s: %s", cell.victim(), cell.point()).isEmpty());
  }

  /**
   * Prints it; where all is to be done, into the page of the documents too: after each halt, so
   * that what was seen stays where the run is cut short.
   */
  void publish() {
    StringBuilder text = new StringBuilder();
    longest.forEach(
        (database, settled) ->
            text.append(table(database))
                .append(
                    "\nNothing was in doubt any more at most %d s after the server was ready.\n"
                        .formatted(settled.toSeconds())));
    System.out.println(text);
    if (System.getProperty("crash.halts", "").equals("all")) {
      write(text.toString());
    }
  }

  private String table(String database) {
    StringBuilder text = new StringBuilder("\n### " + database + "\n\n| halted |");
    Victims.ALL.forEach(victim -> text.append(' ').append(victim).append(" |"));
    text.append("\n| --- |").append(" --- |".repeat(Victims.ALL.size())).append('\n');
    Map<KillPoint, Map<Victim, Cell>> lines = new LinkedHashMap<>();
    cells.stream()
        .filter(cell -> cell.database().equals(database))
        .forEach(
            cell ->
                lines
                    .computeIfAbsent(cell.point(), point -> new LinkedHashMap<>())
                    .put(cell.victim(), cell));
    for (KillPoint point : KillPoint.values()) {
      text.append("| ").append(point).append(" |");
      for (Victim victim : Victims.ALL) {
        Cell cell = lines.getOrDefault(point, Map.of()).get(victim);
        text.append(' ').append(mark(victim, point, cell)).append(" |");
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String mark(Victim victim, KillPoint point, Cell cell) {
    if (!victim.passes(point)) {
      return "–";
    }
    if (cell == null) {
      return "";
    }
    return cell.failure().isEmpty() ? "once" : "**WRONG**";
  }

  private static void write(String tables) {
    try {
      String page = Files.readString(PAGE);
      Files.writeString(PAGE, page.substring(0, page.indexOf(BEGIN)) + BEGIN + "\n" + tables);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
