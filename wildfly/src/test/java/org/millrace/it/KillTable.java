package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came of each halt: a table for each database and for each way of taking messages, a line for
 * each point, a column per bean. Where halts are chosen, the tables of the page are gone on with:
 * what is run anew is written anew, and the rest stays.
 */
final class KillTable {

  private static final Path PAGE = Path.of("..", "docs", "kill-matrix.md");
  private static final String BEGIN = "<!-- Written by KillMatrixIT -->\n";
  private static final boolean ON_PAGE = !System.getProperty("crash.halts", "").isEmpty();

  private static final String SETTLED =
      "Nothing was in doubt any more at most %s s after the server was ready.";

  private record Cell(String point, String victim) {}

  private record Failure(String database, Agent.Hold hold, String text) {}

  /** One table: what its cells say, and how long the slowest recovery took. */
  private static final class Table {

    private final Map<Cell, String> marks = new HashMap<>();
    private Duration longest = Duration.ZERO;

    void settled(Duration duration) {
      longest = longest.compareTo(duration) < 0 ? duration : longest;
    }
  }

  private final List<Failure> failures = new ArrayList<>();
  private final Map<String, Table> tables = new LinkedHashMap<>();

  KillTable() {
    if (ON_PAGE) {
      String page = page();
      read(page.substring(page.indexOf(BEGIN) + BEGIN.length()));
    }
  }

  /** Does what proves a cell, and notes what came of it. */
  void check(String database, Agent.Hold hold, Duration settled, Runnable proof) {
    String mark = "once";
    try {
      proof.run();
    } catch (RuntimeException | AssertionError e) {
      failures.add(new Failure(database, hold, String.valueOf(e)));
      mark = "**WRONG**";
    }
    Table table = table(database);
    table.settled(settled);
    table.marks.put(new Cell(hold.point().toString(), hold.victim().toString()), mark);
  }

  void assertAllIsWell(String database) {
    assertThat(failures).filteredOn(each -> each.database().startsWith(database)).isEmpty();
  }

  /** After each halt, so that what was seen stays where the run is cut short. */
  void publish() {
    StringBuilder text = new StringBuilder();
    tables.forEach((database, table) -> text.append(text(database, table)));
    System.out.println(text);
    if (ON_PAGE) {
      String page = page();
      write(page.substring(0, page.indexOf(BEGIN)) + BEGIN + text);
    }
  }

  private Table table(String database) {
    return tables.computeIfAbsent(database, each -> new Table());
  }

  private static String text(String database, Table table) {
    StringBuilder text = new StringBuilder("\n### " + database + "\n\n| halted |");
    Victims.ALL.forEach(victim -> text.append(' ').append(victim).append(" |"));
    text.append("\n| --- |").append(" --- |".repeat(Victims.ALL.size())).append('\n');
    for (KillPoint point : KillPoint.values()) {
      text.append("| ").append(point).append(" |");
      for (Victim victim : Victims.ALL) {
        Cell cell = new Cell(point.toString(), victim.toString());
        String mark = victim.passes(point) ? table.marks.getOrDefault(cell, "") : "–";
        text.append(' ').append(mark).append(" |");
      }
      text.append('\n');
    }
    return text + "\n" + SETTLED.formatted(table.longest.toSeconds()) + "\n";
  }

  private void read(String text) {
    Pattern settled = Pattern.compile(SETTLED.formatted("(\\d+)"));
    Table table = new Table();
    List<String> victims = List.of();
    for (String line : text.lines().toList()) {
      Matcher seconds = settled.matcher(line);
      if (line.startsWith("### ")) {
        table = table(line.substring(4));
      } else if (line.startsWith("| halted |")) {
        victims = cells(line);
      } else if (line.startsWith("| ") && !line.startsWith("| ---")) {
        List<String> cells = cells(line);
        for (int i = 1; i < cells.size(); i++) {
          table.marks.put(new Cell(cells.get(0), victims.get(i)), cells.get(i));
        }
      } else if (seconds.matches()) {
        table.settled(Duration.ofSeconds(Long.parseLong(seconds.group(1))));
      }
    }
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
  }

  private static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(String page) {
    try {
      Files.writeString(PAGE, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
