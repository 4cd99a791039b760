package org.millrace.api.operation;

import java.util.List;
import java.util.Map;

/**
 * Runs of processes. Unknown ids are refused as NOT_FOUND, ended instances that cannot change as
 * CONFLICT.
 */
public interface Instances {

  /**
   * Starts an instance and returns its id. Role: operator.
   *
   * @throws Refusal INVALID if the process or version is not deployed or cannot be started so
   */
  String start(StartRequest request);

  /** Role: viewer. */
  Page<InstanceSummary> find(InstanceQuery query);

  /** Role: viewer. */
  InstanceView get(String id);

  /** All that the instance and the instances it called wait for. Role: viewer. */
  List<WaitView> waits(String id);

  /** The ids of the instances that it called. Role: viewer. */
  List<String> called(String id);

  /** Answers exactly this wait. Role: operator. */
  void trigger(String waitId, Trigger trigger);

  /** Ends the instance as {@code cancelled}; nothing is compensated. Role: operator. */
  void cancel(String id);

  /**
   * Holds the instance where it is: work, messages and timers wait until {@link #resume}. Role:
   * operator.
   */
  void suspend(String id);

  /** Role: operator. */
  void resume(String id);

  /** Merges variables into the instance's own. Role: operator. */
  void setVariables(String id, Map<String, Object> variables);
}
