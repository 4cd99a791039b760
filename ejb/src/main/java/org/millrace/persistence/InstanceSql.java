package org.millrace.persistence;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Caller;
import org.millrace.execution.Instance;
import org.millrace.execution.Overtaken;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Token;
import org.millrace.persistence.Unwritten.Step;
import org.millrace.persistence.codec.EventCodec;
import org.millrace.persistence.codec.StateCodec;

/**
 * The statements that every stage costs, in plain JDBC: each is for any number of instances, and
 * one round trip.
 */
record InstanceSql(StatelessSession session) {

  /** What one or more steps made of an instance. */
  record Change(Instance before, Instance after) {

    /** This one, and the next one behind it. */
    Change then(Change next) {
      return new Change(before, next.after);
    }
  }

  private static final String SELECT =
      """
      select id, process, version, step, replies, caller_id, caller_wait, caller_attempt, \
      caller_activity, depth, expires_at, snapshot, variables from millrace_instance where id in (%s)""";

  private static final String INSERT =
      """
      insert into millrace_instance (version, state, ended_at, expires_at, reason, step, incidents, \
      activities, variables, snapshot, id, process, business_key, priority, started_at, replies, caller_id, \
      caller_wait, caller_attempt, caller_activity, depth) \
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  private static final String UPDATE =
      """
      update millrace_instance set version = ?, state = ?, ended_at = ?, expires_at = ?, \
      reason = ?, step = ?, incidents = ?, activities = ?, variables = ?, snapshot = ? where id = ? \
      and step = ? and replies = ?""";

  private static final String APPEND =
      "insert into millrace_history (instance_id, step, recorded_at, events) values (?, ?, ?, ?)";

  /** The last committed states, without waiting for anybody. */
  List<Instance> read(Collection<String> ids) {
    return select(SELECT, ids, Map.of());
  }

  /**
   * The states, locked in the order of the ids: all who lock several do so in this order.
   *
   * @param seen what was read of some of them before, by their ids: where no step was done since,
   *     its state is not read again
   */
  List<Instance> lock(Collection<String> ids, Map<String, Instance> seen) {
    return select(SELECT + " order by id for update", ids, seen);
  }

  private List<Instance> select(String sql, Collection<String> ids, Map<String, Instance> seen) {
    if (ids.isEmpty()) {
      return List.of();
    }
    // The last one again up to a power of two: so there are few statements to be kept prepared.
    List<String> padded = new ArrayList<>(ids);
    while (Integer.bitCount(padded.size()) != 1) {
      padded.add(padded.get(padded.size() - 1));
    }
    String marks = "?" + ", ?".repeat(padded.size() - 1);
    return session.doReturningWork(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql.formatted(marks))) {
            for (int i = 0; i < padded.size(); i++) {
              select.setString(i + 1, padded.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
              List<Instance> found = new ArrayList<>();
              while (rows.next()) {
                found.add(instance(rows, seen));
              }
              return found;
            }
          }
        });
  }

  void insert(Collection<Instance> instances) {
    Batch.execute(session, INSERT, instances, InstanceSql::setAll);
  }

  /**
   * Writes what has become of instances, each only if it is as the change knew it: so a lock is not
   * needed where mostly nobody else carries them on.
   *
   * @throws Overtaken if one of them is not
   */
  void update(Collection<Change> changes) {
    int[] written =
        Batch.execute(
            session,
            UPDATE,
            changes,
            (statement, change) -> {
              int next = setChanging(statement, change.after());
              statement.setLong(next++, change.before().step());
              statement.setBoolean(next, change.before().replies());
            });
    int at = 0;
    for (Change change : changes) {
      if (written[at++] == 0) {
        throw new Overtaken(
            "instance %s is no longer at step %d"
                .formatted(change.before().id(), change.before().step()));
      }
    }
  }

  void append(Collection<Step> steps) {
    Batch.execute(
        session,
        APPEND,
        steps,
        (statement, step) -> {
          statement.setString(1, step.after().id());
          statement.setLong(2, step.after().step());
          statement.setObject(3, time(step.at()));
          statement.setString(4, EventCodec.write(step.events()));
        });
  }

  private static void setAll(PreparedStatement statement, Instance instance) throws SQLException {
    int next = setChanging(statement, instance);
    InstanceState state = instance.state();
    statement.setString(next++, instance.process());
    statement.setString(next++, state.businessKey());
    statement.setInt(next++, state.priority());
    statement.setObject(next++, time(requireNonNull(state.startedAt())));
    statement.setBoolean(next++, instance.replies());
    Caller caller = instance.caller();
    if (caller == null) {
      statement.setNull(next++, Types.VARCHAR);
      statement.setNull(next++, Types.INTEGER);
      statement.setNull(next++, Types.INTEGER);
      statement.setNull(next++, Types.VARCHAR);
      statement.setInt(next, 0);
    } else {
      statement.setString(next++, caller.instanceId());
      statement.setInt(next++, caller.waitId());
      statement.setInt(next++, caller.attempt());
      statement.setString(next++, caller.activity());
      statement.setInt(next, caller.depth());
    }
  }

  /** What a step can change, and the id. Replies are not changed here, see StoredInstances. */
  private static int setChanging(PreparedStatement statement, Instance instance)
      throws SQLException {
    InstanceState state = instance.state();
    statement.setInt(1, instance.version());
    statement.setString(2, state.status().word());
    statement.setObject(3, time(state.endedAt()), Types.TIMESTAMP_WITH_TIMEZONE);
    statement.setObject(4, time(instance.expiresAt()), Types.TIMESTAMP_WITH_TIMEZONE);
    statement.setString(5, state.reason());
    statement.setLong(6, instance.step());
    statement.setInt(7, state.incidents().size());
    statement.setString(
        8, Words.join(state.resting().stream().map(Token::element).distinct().toList()));
    statement.setString(9, StateCodec.variables(state));
    statement.setString(10, StateCodec.snapshot(state));
    statement.setString(11, instance.id());
    return 12;
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }

  private static Instance instance(ResultSet row, Map<String, Instance> seen) throws SQLException {
    String id = row.getString(1);
    long step = row.getLong(4);
    Instance before = seen.get(id);
    return new Instance(
        id,
        row.getString(2),
        row.getInt(3),
        step,
        row.getBoolean(5),
        caller(row),
        instant(row.getObject(11, OffsetDateTime.class)),
        before != null && before.step() == step
            ? before.state()
            : StateCodec.read(id, row.getString(12), row.getString(13)));
  }

  private static @Nullable Caller caller(ResultSet row) throws SQLException {
    String id = row.getString(6);
    return id == null
        ? null
        : new Caller(id, row.getInt(7), row.getInt(8), row.getString(9), row.getInt(10));
  }
}
