package org.millrace.persistence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Instance;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.Wait;
import org.millrace.persistence.InstanceSql.Change;

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
  private final Map<Object, Object> answers = new HashMap<>();

  private boolean opensMessages;

  /** The waits that its messages may reach. */
  final Expected expected = new Expected();

  /** An instance that this transaction has locked, or assumes to be so. */
  void know(Instance instance) {
    known.put(instance.id(), instance);
  }

  /** An instance that this transaction has locked, assumed or made; null for any other. */
  @Nullable Instance known(String id) {
    return known.get(id);
  }

  void add(Step step) {
    steps.add(step);
    opensMessages |=
        step.events().stream()
            .anyMatch(
                event ->
                    event instanceof Event.WaitOpened some
                        && some.opened().kind() == Wait.Kind.MESSAGE);
    know(step.after());
  }

  /** Whether any of its steps, written or not, has opened a wait for a message. */
  boolean opensMessages() {
    return opensMessages;
  }

  @SuppressWarnings("unchecked") // Each question has answers of one type.
  <T> T once(Object question, Supplier<T> answer) {
    return (T) answers.computeIfAbsent(question, q -> answer.get());
  }

  /** Knows better, since this transaction has changed it. */
  void answer(Object question, Object answer) {
    answers.put(question, answer);
  }

  /** Writes all, each table in one batch. */
  void write(StatelessSession session) {
    if (steps.isEmpty()) {
      return;
    }
    Map<String, Instance> made = new LinkedHashMap<>();
    // In one order for all, so that no two who change the same ones hold each other up.
    Map<String, Change> changed = new TreeMap<>();
    Waits waits = new Waits();
    for (Step step : steps) {
      String id = step.after().id();
      if (step.before() == null || made.containsKey(id)) {
        made.put(id, step.after());
      } else {
        changed.merge(id, new Change(step.before(), step.after()), Change::then);
      }
      waits.add(step);
    }
    InstanceSql sql = new InstanceSql(session);
    sql.insert(made.values());
    sql.update(changed.values());
    sql.append(steps);
    waits.write(session);
    steps.clear();
  }
}
