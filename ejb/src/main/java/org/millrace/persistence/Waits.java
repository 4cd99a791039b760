package org.millrace.persistence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Instance;
import org.millrace.kernel.state.Incident;
import org.millrace.kernel.state.Wait;

/**
 * The rows by which waits and incidents are found. They are what two states differ in, so what came
 * and went within one step costs nothing, and neither does work.
 */
record Waits(StatelessSession session, Instant now) {

  void insert(Instance instance) {
    for (Wait wait : instance.state().waits()) {
      insert(instance, wait);
    }
    for (Incident incident : instance.state().incidents()) {
      session.insert(row(instance, incident));
    }
  }

  void update(Instance before, Instance after) {
    delete(before, after);
    for (Wait wait : after.state().waits()) {
      Wait old = before.state().findWait(wait.id());
      if (old == null) {
        insert(after, wait);
      } else if (!Objects.equals(old.assignee(), wait.assignee())
          || before.version() != after.version()) {
        update(after, wait);
      }
    }
    for (Incident incident : after.state().incidents()) {
      if (before.state().findIncident(incident.id()) == null) {
        session.insert(row(after, incident));
      } else if (before.version() != after.version()) {
        session.update(row(after, incident));
      }
    }
  }

  private void insert(Instance instance, Wait wait) {
    Object row = row(instance, wait);
    if (row != null) {
      session.insert(row);
    }
  }

  /** A person took the task, or gave it back; or it is one of another version now. */
  private void update(Instance instance, Wait task) {
    if (task.kind() == Wait.Kind.TASK) {
      session
          .createMutationQuery(
              """
              update UserTaskRow t
              set t.assignee = :assignee, t.activity = :activity, t.version = :version
              where t.id = :id
              """)
          .setParameter("assignee", task.assignee())
          .setParameter("activity", task.element())
          .setParameter("version", instance.version())
          .setParameter("id", new Key(instance.id(), task.id()))
          .executeUpdate();
    }
  }

  /** Deletes what is gone: one statement for each table. */
  private void delete(Instance before, Instance after) {
    Map<String, List<Integer>> gone = new HashMap<>();
    for (Wait wait : before.state().waits()) {
      String table = table(wait);
      if (table != null && after.state().findWait(wait.id()) == null) {
        gone.computeIfAbsent(table, t -> new ArrayList<>()).add(wait.id());
      }
    }
    for (Incident incident : before.state().incidents()) {
      if (after.state().findIncident(incident.id()) == null) {
        gone.computeIfAbsent("IncidentRow", t -> new ArrayList<>()).add(incident.id());
      }
    }
    gone.forEach(
        (table, numbers) ->
            session
                .createMutationQuery(
                    "delete from "
                        + table
                        + " w where w.id.instanceId = :instance and w.id.number in (:numbers)")
                .setParameter("instance", before.id())
                .setParameterList("numbers", numbers)
                .executeUpdate());
  }

  private static @Nullable String table(Wait wait) {
    return switch (wait.kind()) {
      case WORK, CONDITION, CALL -> null;
      case MESSAGE -> "MessageWaitRow";
      case SIGNAL -> "SignalWaitRow";
      case TIMER -> "TimerRow";
      case TASK -> "UserTaskRow";
    };
  }

  private @Nullable Object row(Instance instance, Wait wait) {
    return switch (wait.kind()) {
      case WORK, CONDITION, CALL -> null;
      case MESSAGE -> message(instance, wait);
      case SIGNAL -> signal(instance, wait);
      case TIMER -> timer(instance, wait);
      case TASK -> task(instance, wait);
    };
  }

  private MessageWaitRow message(Instance instance, Wait wait) {
    String businessKey = instance.state().businessKey();
    MessageWaitRow row = new MessageWaitRow();
    row.id = new Key(instance.id(), wait.id());
    row.message = Objects.requireNonNull(wait.name());
    row.businessKey = businessKey;
    row.correlationKey = wait.key() == null ? businessKey : wait.key();
    row.since = now;
    return row;
  }

  private static SignalWaitRow signal(Instance instance, Wait wait) {
    SignalWaitRow row = new SignalWaitRow();
    row.id = new Key(instance.id(), wait.id());
    row.signal = Objects.requireNonNull(wait.name());
    return row;
  }

  private static TimerRow timer(Instance instance, Wait wait) {
    TimerRow row = new TimerRow();
    row.id = new Key(instance.id(), wait.id());
    row.due = Objects.requireNonNull(wait.due());
    return row;
  }

  private UserTaskRow task(Instance instance, Wait wait) {
    UserTaskRow row = new UserTaskRow();
    row.id = new Key(instance.id(), wait.id());
    row.process = instance.process();
    row.version = instance.version();
    row.businessKey = instance.state().businessKey();
    row.activity = wait.element();
    row.assignee = wait.assignee();
    row.users = Words.join(wait.users());
    row.groups = Words.join(wait.groups());
    row.since = now;
    return row;
  }

  private static IncidentRow row(Instance instance, Incident incident) {
    Wait wait = instance.state().findWait(incident.waitId());
    IncidentRow row = new IncidentRow();
    row.id = new Key(instance.id(), incident.id());
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
