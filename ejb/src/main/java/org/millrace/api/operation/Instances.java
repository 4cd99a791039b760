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

  /**
   * The instances that match. Role: viewer.
   *
   * @throws Refusal INVALID if the query is not what {@link InstanceQuery} says
   */
  Page<InstanceSummary> find(InstanceQuery query);

  /** One instance with its history. Role: viewer. */
  InstanceView get(String id);

  /** All that the instance and the instances it called wait for. Role: viewer. */
  List<WaitView> waits(String id);

  /** The ids of the instances that it has ever called itself, oldest first. Role: viewer. */
  List<String> called(String id);

  /**
   * Answers exactly this wait. Role: operator.
   *
   * @throws Refusal INVALID if a wait of this kind cannot be answered so, CONFLICT if it has been
   *     answered
   */
  void trigger(String waitId, Trigger trigger);

  /** Ends the instance as {@code cancelled}; nothing is compensated. Role: operator. */
  void cancel(String id);

  /**
   * Holds the instance: no work of it begins and no timer of it fires until {@link #resume}. What
   * is under way ends, and messages still reach it. Does nothing to a suspended one. Role:
   * operator.
   */
  void suspend(String id);

  /** Lets a suspended instance go on; does nothing to a running one. Role: operator. */
  void resume(String id);

  /** Merges variables into the instance's own. Role: operator. */
  void setVariables(String id, Map<String, Object> variables);

  /**
   * Cancels here and starts there, in one step. Role: operator.
   *
   * @throws Refusal INVALID if nothing is where it is to be cancelled, or something cannot be
   *     started there
   */
  void modify(String id, Modification modification);

  /** What {@link #modify} would do; changes nothing. Refused as that is. Role: operator. */
  Preview previewModification(String id, Modification modification);
}
