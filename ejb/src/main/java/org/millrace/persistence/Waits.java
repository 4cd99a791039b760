package org.millrace.persistence;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Instance;
import org.millrace.kernel.state.Incident;
import org.millrace.kernel.state.Wait;
import org.millrace.persistence.Unwritten.Step;

/**
 * The rows by which waits and incidents are found. They are what the states before and after some
 * steps differ in, so what came and went meanwhile costs nothing, and neither does work.
 */
final class Waits {

  /** A wait or incident of an instance that has a row. */
  private record Row<T>(Key key, Instance instance, T of, Instant at) {}

  private final Map<Key, Row<Wait>> opened = new LinkedHashMap<>();
  private final Map<Key, Row<Wait>> changed = new LinkedHashMap<>();
  private final Map<Key, Wait> closed = new LinkedHashMap<>();
  private final Map<Key, Row<Incident>> raised = new LinkedHashMap<>();
  private final Map<Key, Row<Incident>> moved = new LinkedHashMap<>();
  private final Map<Key, Incident> settled = new LinkedHashMap<>();

  void add(Step step) {
    Instance before = step.before();
    if (before != null) {
      close(before, step.after());
    }
    for (Wait wait : step.after().state().waits()) {
      Wait old = before == null ? null : before.state().findWait(wait.id());
      add(wait, old, before, step);
    }
    for (Incident incident : step.after().state().incidents()) {
      Key key = new Key(step.after().id(), incident.id());
      Row<Incident> row = new Row<>(key, step.after(), incident, step.at());
      if (before == null || before.state().findIncident(incident.id()) == null) {
        raised.put(key, row);
      } else if (before.version() != step.after().version()) {
        (raised.containsKey(key) ? raised : moved).put(key, row);
      }
    }
  }

  private void add(Wait wait, @Nullable Wait old, @Nullable Instance before, Step step) {
    if (wait.kind() == Wait.Kind.WORK
        || wait.kind() == Wait.Kind.CONDITION
        || wait.kind() == Wait.Kind.CALL) {
      return;
    }
    Key key = new Key(step.after().id(), wait.id());
    if (old == null || before == null) {
      opened.put(key, new Row<>(key, step.after(), wait, step.at()));
    } else if (!Objects.equals(old.assignee(), wait.assignee())
        || before.version() != step.after().version()) {
      Row<Wait> unwritten = opened.get(key);
      if (unwritten == null) {
        changed.put(key, new Row<>(key, step.after(), wait, step.at()));
      } else {
        opened.put(key, new Row<>(key, step.after(), wait, unwritten.at()));
      }
    }
  }

  private void close(Instance before, Instance after) {
    for (Wait wait : before.state().waits()) {
      if (after.state().findWait(wait.id()) == null) {
        Key key = new Key(before.id(), wait.id());
        changed.remove(key);
        if (opened.remove(key) == null) {
          closed.put(key, wait);
        }
      }
    }
    for (Incident incident : before.state().incidents()) {
      if (after.state().findIncident(incident.id()) == null) {
        Key key = new Key(before.id(), incident.id());
        moved.remove(key);
        if (raised.remove(key) == null) {
          settled.put(key, incident);
        }
      }
    }
  }

  /** Writes all: tables that every step may touch in one batch each, the others row by row. */
  void write(StatelessSession session) {
    delete(session, "millrace_message_wait", closed(Wait.Kind.MESSAGE));
    delete(session, "millrace_signal_wait", closed(Wait.Kind.SIGNAL));
    delete(session, "millrace_timer", closed(Wait.Kind.TIMER));
    delete(session, "millrace_task", closed(Wait.Kind.TASK));
    delete(session, "millrace_incident", settled.keySet());
    insertMessages(session, opened(Wait.Kind.MESSAGE));
    insertSignals(session, opened(Wait.Kind.SIGNAL));
    insertTimers(session, opened(Wait.Kind.TIMER));
    opened(Wait.Kind.TASK).forEach(row -> session.insert(task(row)));
    changed.values().forEach(row -> update(session, row));
    raised.values().forEach(row -> session.insert(incident(row)));
    moved.values().forEach(row -> session.update(incident(row)));
  }

  private List<Key> closed(Wait.Kind kind) {
    return closed.entrySet().stream()
        .filter(entry -> entry.getValue().kind() == kind)
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<Row<Wait>> opened(Wait.Kind kind) {
    return opened.values().stream().filter(row -> row.of().kind() == kind).toList();
  }

  private static void delete(StatelessSession session, String table, Collection<Key> keys) {
    Batch.execute(
        session,
        "delete from " + table + " where instance_id = ? and number = ?",
        keys,
        (statement, key) -> {
          statement.setString(1, key.instanceId());
          statement.setInt(2, key.number());
        });
  }

  private static void insertMessages(StatelessSession session, List<Row<Wait>> rows) {
    Batch.execute(
        session,
        """
        insert into millrace_message_wait \
        (instance_id, number, message, business_key, correlation_key, since) \
        values (?, ?, ?, ?, ?, ?)""",
        rows,
        (statement, row) -> {
          String businessKey = row.instance().state().businessKey();
          String key = row.of().key();
          statement.setString(1, row.key().instanceId());
          statement.setInt(2, row.key().number());
          statement.setString(3, requireNonNull(row.of().name()));
          statement.setString(4, businessKey);
          statement.setString(5, key == null ? businessKey : key);
          statement.setObject(6, row.at().atOffset(ZoneOffset.UTC));
        });
  }

  private static void insertSignals(StatelessSession session, List<Row<Wait>> rows) {
    Batch.execute(
        session,
        "insert into millrace_signal_wait (instance_id, number, signal) values (?, ?, ?)",
        rows,
        (statement, row) -> {
          statement.setString(1, row.key().instanceId());
          statement.setInt(2, row.key().number());
          statement.setString(3, requireNonNull(row.of().name()));
        });
  }

  private static void insertTimers(StatelessSession session, List<Row<Wait>> rows) {
    Batch.execute(
        session,
        "insert into millrace_timer (instance_id, number, due) values (?, ?, ?)",
        rows,
        (statement, row) -> {
          statement.setString(1, row.key().instanceId());
          statement.setInt(2, row.key().number());
          statement.setObject(3, requireNonNull(row.of().due()).atOffset(ZoneOffset.UTC));
        });
  }

  /** A person took the task, or gave it back; or it is one of another version now. */
  private static void update(StatelessSession session, Row<Wait> row) {
    if (row.of().kind() == Wait.Kind.TASK) {
      session
          .createMutationQuery(
              """
              update UserTaskRow t
              set t.assignee = :assignee, t.activity = :activity, t.version = :version
              where t.id = :id
              """)
          .setParameter("assignee", row.of().assignee())
          .setParameter("activity", row.of().element())
          .setParameter("version", row.instance().version())
          .setParameter("id", row.key())
          .executeUpdate();
    }
  }

  private static UserTaskRow task(Row<Wait> from) {
    Wait wait = from.of();
    UserTaskRow row = new UserTaskRow();
    row.id = from.key();
    row.process = from.instance().process();
    row.version = from.instance().version();
    row.businessKey = from.instance().state().businessKey();
    row.activity = wait.element();
    row.assignee = wait.assignee();
    row.users = Words.join(wait.users());
    row.groups = Words.join(wait.groups());
    row.since = from.at();
    return row;
  }

  private static IncidentRow incident(Row<Incident> from) {
    Incident incident = from.of();
    Instance instance = from.instance();
    Wait wait = instance.state().findWait(incident.waitId());
    IncidentRow row = new IncidentRow();
    row.id = from.key();
    row.process = instance.process();
    row.activity =
        wait == null ? instance.state().token(incident.token()).element() : wait.element();
    row.stage = wait != null && wait.kind() == Wait.Kind.WORK ? wait.name() : null;
    row.message = incident.message();
    row.details = incident.details();
    row.attempts = incident.attempts();
    row.since = incident.since();
    return row;
  }
}
