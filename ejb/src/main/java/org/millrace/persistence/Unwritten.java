package org.millrace.persistence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Instance;
import org.millrace.kernel.event.Event;

/**
 * The steps of a transaction that are not yet in the database, and the instances as they are with
 * them. Used by one thread.
 */
final class Unwritten {

  /**
   * A step.
   *
   * @param before null for the first one of an instance
   */
  record Step(@Nullable Instance before, Instance after, List<Event> events, Instant at) {}

  private final Map<String, Instance> known = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();

  /** An instance that this transaction has locked. */
  void know(Instance locked) {
    known.put(locked.id(), locked);
  }

  /** An instance that this transaction has locked or made; null for any other. */
  @Nullable Instance known(String id) {
    return known.get(id);
  }

  void add(Step step) {
    steps.add(step);
    know(step.after());
  }

  /** Writes all, each table in one batch. */
  void write(StatelessSession session) {
    Map<String, Instance> made = new LinkedHashMap<>();
    Map<String, Instance> changed = new LinkedHashMap<>();
    for (Step step : steps) {
      String id = step.after().id();
      (step.before() == null || made.containsKey(id) ? made : changed).put(id, step.after());
    }
    InstanceSql sql = new InstanceSql(session);
    sql.insert(made.values());
    sql.update(changed.values());
    sql.append(steps);
    for (Step step : steps) {
      Waits waits = new Waits(session, step.at());
      if (step.before() == null) {
        waits.insert(step.after());
      } else {
        waits.update(step.before(), step.after());
      }
    }
    steps.clear();
  }
}
