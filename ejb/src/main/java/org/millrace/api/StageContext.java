package org.millrace.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work as its stage sees it. Valid during one call of {@link StageListener#handle} and
 * for its thread only.
 */
public interface StageContext {

  /**
   * The id of this work: the same over all its attempts and redeliveries, different for every other
   * work. Give it to systems outside the transaction (HTTP, mail) as their idempotency key: such a
   * call can happen more than once.
   */
  String workId();

  /** The id of the instance that the work is part of. */
  String instanceId();

  /** The id of its process. */
  String process();

  /** The version of the process, from 1, that the instance runs on. */
  int version();

  /** The id of the BPMN element. */
  String activity();

  /** The instance's business key, or null where it was started without one. */
  @Nullable String businessKey();

  /** Which attempt this is, from 1. Failed attempts and crashes count, stale duplicates do not. */
  int attempt();

  /**
   * The variables that the activity sees, unmodifiable: values are {@code null}, {@link Boolean},
   * {@link String}, {@link Long}, {@link java.math.BigDecimal}, {@link java.util.List} or {@link
   * Map} of such.
   */
  Map<String, Object> variables();

  /**
   * One variable.
   *
   * @param type what the value must be: one of the types of {@link #variables()}, or {@link Number}
   * @throws IllegalArgumentException if there is no such variable, it is null, or it is of another
   *     type; the message names both
   */
  default <T> T variable(String name, Class<T> type) {
    Object value = variables().get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "variable \"%s\" is %s, and the stage at activity \"%s\" needs %s"
              .formatted(
                  name,
                  value == null ? "not there" : "a " + value.getClass().getSimpleName(),
                  activity(),
                  type.getSimpleName()));
    }
    return type.cast(value);
  }
}
