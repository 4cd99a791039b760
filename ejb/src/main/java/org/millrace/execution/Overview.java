package org.millrace.execution;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.IncidentView;
import org.millrace.api.operation.InstanceQuery;
import org.millrace.api.operation.InstanceSummary;
import org.millrace.api.operation.Page;

/** What pages list: the same committed rows that the engine runs on. */
public interface Overview {

  Page<InstanceSummary> instances(InstanceQuery query);

  /** Open incidents, oldest first, a part of them; null means any. */
  Page<IncidentView> incidents(
      @Nullable String process, @Nullable String stage, int from, int size);

  /** The same ones, all of them. */
  List<Ids> incidents(@Nullable String process, @Nullable String stage);

  /** A task's row; whatever is not in it is in its instance. */
  record TaskRow(
      String instanceId,
      int waitId,
      String process,
      int version,
      @Nullable String businessKey,
      String activity,
      @Nullable String assignee,
      List<String> users,
      List<String> groups,
      java.time.Instant since) {}

  /**
   * Open tasks, oldest first, a part of them.
   *
   * @param user assigned or offered to this user by name; null for any
   * @param group offered to this group; null for any
   */
  Page<TaskRow> tasks(@Nullable String user, @Nullable String group, int from, int size);
}
