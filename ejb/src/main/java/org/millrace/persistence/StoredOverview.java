package org.millrace.persistence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.IncidentView;
import org.millrace.api.operation.InstanceQuery;
import org.millrace.api.operation.InstanceSummary;
import org.millrace.api.operation.Page;
import org.millrace.execution.Ids;
import org.millrace.execution.Overview;
import org.millrace.json.Json;
import org.millrace.json.JsonException;

/** Lists and searches. */
@Singleton
class StoredOverview implements Overview {

  /** What a line of the list shows, without the texts of the state. */
  private record Line(
      String id,
      String process,
      int version,
      @Nullable String businessKey,
      String state,
      Instant startedAt,
      @Nullable Instant endedAt,
      String activities,
      int incidents) {

    InstanceSummary summary() {
      return new InstanceSummary(
          id,
          process,
          version,
          businessKey,
          state,
          startedAt,
          endedAt,
          Words.split(activities),
          incidents);
    }
  }

  private static final String NEWEST_FIRST = " order by i.startedAt desc, i.id";

  /** Beyond these, a number is looked for only as it is written. */
  private static final int MOST_DECIMALS = 6;

  private static final int MOST_DIGITS = 40;
  private static final String OLDEST_FIRST = " order by w.since, w.id.instanceId, w.id.number";

  private final Database database;

  @Inject
  StoredOverview(Database database) {
    this.database = database;
  }

  @Override
  public Page<InstanceSummary> instances(InstanceQuery query) {
    Filter filter = filter(query);
    return database.with(
        session ->
            new Page<>(total(session, "InstanceRow i", filter), page(session, filter, query)));
  }

  private static long total(StatelessSession session, String rows, Filter filter) {
    return filter
        .fill(
            session.createSelectionQuery(
                "select count(*) from " + rows + filter.where(), Long.class))
        .getSingleResult();
  }

  /**
   * First the ids, which the indexes have: to put all instances in order by their rows would read
   * all of them, and H2 reads a row with all its texts.
   */
  private static List<InstanceSummary> page(
      StatelessSession session, Filter filter, InstanceQuery query) {
    List<String> ids =
        filter
            .fill(
                session.createSelectionQuery(
                    "select i.id from InstanceRow i" + filter.where() + NEWEST_FIRST, String.class))
            .setFirstResult(query.from())
            .setMaxResults(query.size())
            .list();
    return ids.isEmpty() ? List.of() : lines(session, ids);
  }

  private static List<InstanceSummary> lines(StatelessSession session, List<String> ids) {
    return session
        .createSelectionQuery(
            """
            select new org.millrace.persistence.StoredOverview$Line(
              i.id, i.process, i.version, i.businessKey, i.state, i.startedAt, i.endedAt,
              i.activities, i.incidents)
            from InstanceRow i where i.id in :ids
            """
                + NEWEST_FIRST,
            Line.class)
        .setParameterList("ids", ids)
        .list()
        .stream()
        .map(Line::summary)
        .toList();
  }

  private static Filter filter(InstanceQuery query) {
    Filter filter =
        new Filter()
            .and("i.process = ?", query.process())
            .and("i.businessKey = ?", query.businessKey())
            .and("i.state = ?", query.state());
    if (query.activity() != null) {
      String activity = Words.containing(query.activity());
      filter.and(filter.contains("i.activities", List.of(activity)));
    }
    if (query.variable() != null) {
      filter.and(filter.contains("i.variables", lines(query.variable())));
    }
    return filter;
  }

  /** How a variable stands in the text if it is this string, or what the text reads as. */
  private static List<String> lines(String variable) {
    int colon = variable.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("a variable is searched as name:value");
    }
    String name = variable.substring(0, colon);
    String text = variable.substring(colon + 1);
    List<String> lines = new ArrayList<>(Json.variableLines(name, text));
    try {
      Object value = Json.read(text);
      if (value instanceof Number number) {
        sameAs(number).forEach(same -> lines.addAll(Json.variableLines(name, same)));
      } else if (value instanceof Boolean) {
        lines.addAll(Json.variableLines(name, value));
      }
    } catch (JsonException e) {
      // Then it can only be meant as a string.
    }
    return lines;
  }

  /** A number in the ways in which it may have been written: 20 is 20.0, and 20.00. */
  private static List<BigDecimal> sameAs(Number number) {
    BigDecimal plain = new BigDecimal(number.toString());
    if (Math.abs(plain.scale()) > MOST_DECIMALS || plain.precision() > MOST_DIGITS) {
      return List.of(plain);
    }
    BigDecimal shortest = plain.stripTrailingZeros();
    return IntStream.rangeClosed(Math.max(0, shortest.scale()), MOST_DECIMALS)
        .mapToObj(shortest::setScale)
        .toList();
  }

  /** A part of the rows of a table whose key is an instance's id and a number, oldest first. */
  private <R> Page<R> oldest(Class<R> rows, Filter filter, int from, int size) {
    String table = rows.getSimpleName() + " w";
    return database.with(
        session ->
            new Page<>(
                total(session, table, filter),
                filter
                    .fill(
                        session.createSelectionQuery(
                            "select w from " + table + filter.where() + OLDEST_FIRST, rows))
                    .setFirstResult(from)
                    .setMaxResults(size)
                    .list()));
  }

  private static <R, V> Page<V> map(Page<R> page, Function<R, V> view) {
    return new Page<>(page.total(), page.items().stream().map(view).toList());
  }

  @Override
  public Page<IncidentView> incidents(
      @Nullable String process, @Nullable String stage, int from, int size) {
    Filter filter = filter(process, stage);
    return map(oldest(IncidentRow.class, filter, from, size), StoredOverview::view);
  }

  @Override
  public List<Ids> incidents(@Nullable String process, @Nullable String stage) {
    Filter filter = filter(process, stage);
    return database.with(
        session ->
            filter
                .fill(
                    session.createSelectionQuery(
                        "select w.id from IncidentRow w" + filter.where() + OLDEST_FIRST,
                        Key.class))
                .list()
                .stream()
                .map(key -> new Ids(key.instanceId(), key.number()))
                .toList());
  }

  private static Filter filter(@Nullable String process, @Nullable String stage) {
    return new Filter().and("w.process = ?", process).and("w.stage = ?", stage);
  }

  private static IncidentView view(IncidentRow row) {
    return new IncidentView(
        Ids.of(row.id.instanceId(), row.id.number()),
        row.id.instanceId(),
        row.process,
        row.activity,
        row.stage,
        row.message,
        row.details,
        row.attempts,
        row.since);
  }

  @Override
  public Page<TaskRow> tasks(@Nullable String user, @Nullable String group, int from, int size) {
    Filter filter = new Filter();
    if (user != null) {
      filter.and(
          "(w.assignee = "
              + filter.parameter(user)
              + " or "
              + filter.contains("w.users", List.of(Words.containing(user)))
              + ")");
    }
    if (group != null) {
      filter.and(filter.contains("w.groups", List.of(Words.containing(group))));
    }
    return map(oldest(UserTaskRow.class, filter, from, size), StoredOverview::task);
  }

  private static TaskRow task(UserTaskRow row) {
    return new TaskRow(
        row.id.instanceId(),
        row.id.number(),
        row.process,
        row.version,
        row.businessKey,
        row.activity,
        row.assignee,
        Words.split(row.users),
        Words.split(row.groups),
        row.since);
  }
}
