package org.millrace.api.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Human tasks. A member of a task's groups is a caller that has a role of that name. Role for all:
 * user.
 */
public interface Tasks {

  /**
   * Open tasks, oldest first.
   *
   * @param user only those assigned to this user or offered to them by name; null for any
   * @param group only those offered to this group; null for any
   * @param from how many to pass over, from 0
   * @param size how many at most, 1 to {@link Page#MAX_SIZE}
   * @throws Refusal INVALID if the part is none
   */
  Page<TaskView> find(@Nullable String user, @Nullable String group, int from, int size);

  /**
   * One open task.
   *
   * @throws Refusal NOT_FOUND if it is not open
   */
  TaskView get(String id);

  /**
   * Makes the caller the assignee; claiming what one has already is fine.
   *
   * @throws Refusal CONFLICT if another has it, FORBIDDEN if it is not offered to the caller
   */
  void claim(String id);

  /**
   * Completes it with these variables; an unclaimed task is claimed on the way.
   *
   * @throws Refusal as {@link #claim}
   */
  void complete(String id, Map<String, Object> variables);
}
