package org.millrace.persistence;

import static java.util.stream.Collectors.groupingBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Instance;
import org.millrace.execution.WaitStore.Addressed;
import org.millrace.execution.WaitStore.WaitRef;

/** The waits that were looked up for the messages of a group, all at once. */
final class Expected {

  /** Which criteria a message names. What names the same ones is looked up by one query. */
  private record Criteria(boolean instanceId, boolean businessKey, boolean correlationKey) {
    static Criteria of(Addressed message) {
      return new Criteria(
          message.instanceId() != null,
          message.businessKey() != null,
          message.correlationKey() != null);
    }
  }

  /** So many for each message, at most. */
  private static final int AT_MOST = 10;

  /** Oldest first. */
  private final Map<Criteria, List<MessageWaitRow>> found = new HashMap<>();

  /** The messages of which all were found that wait for them. */
  private final Set<Addressed> complete = new HashSet<>();

  /**
   * Looks up the waits of some messages; what was found before counts no more.
   *
   * @param query finds what may wait for messages that name the same criteria, oldest first, and no
   *     more than so many
   * @return the instances that they will reach, if each takes the oldest wait that is left
   */
  Set<String> lookUp(
      List<Addressed> messages, BiFunction<List<Addressed>, Integer, List<MessageWaitRow>> query) {
    found.clear();
    complete.clear();
    messages.stream()
        .collect(groupingBy(Criteria::of))
        .forEach(
            (criteria, alike) -> {
              int atMost = AT_MOST * alike.size();
              List<MessageWaitRow> rows = query.apply(alike, atMost);
              found.put(criteria, rows);
              if (rows.size() < atMost) {
                complete.addAll(alike);
              }
            });
    Set<String> instances = new LinkedHashSet<>();
    Set<Key> taken = new HashSet<>();
    for (Addressed message : messages) {
      rows(message).stream()
          .filter(row -> fits(row, message) && !taken.contains(row.id))
          .findFirst()
          .ifPresent(
              row -> {
                taken.add(row.id);
                instances.add(row.id.instanceId());
              });
    }
    return instances;
  }

  /** Whether it is certain that nobody waits for a message. */
  boolean isNone(Addressed message, Unwritten unwritten) {
    return complete.contains(message)
        && !unwritten.opensMessages()
        && rows(message).stream().noneMatch(row -> fits(row, message));
  }

  /** The oldest wait for a message, where that is certain: it is open, its instance locked. */
  @Nullable WaitRef certain(Addressed message, Unwritten unwritten) {
    for (MessageWaitRow row : rows(message)) {
      if (fits(row, message)) {
        Instance locked = unwritten.known(row.id.instanceId());
        if (locked == null) {
          return null;
        }
        if (locked.state().findWait(row.id.number()) != null) {
          return new WaitRef(row.id.instanceId(), row.id.number(), null);
        }
      }
    }
    return null;
  }

  private List<MessageWaitRow> rows(Addressed message) {
    return found.getOrDefault(Criteria.of(message), List.of());
  }

  private static boolean fits(MessageWaitRow row, Addressed message) {
    return row.message.equals(message.message())
        && isOrAny(message.instanceId(), row.id.instanceId())
        && isOrAny(message.businessKey(), row.businessKey)
        && isOrAny(message.correlationKey(), row.correlationKey);
  }

  private static boolean isOrAny(@Nullable String criterion, @Nullable String value) {
    return criterion == null || Objects.equals(criterion, value);
  }
}
