package org.millrace.api.operation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Running instances go on in another version of their process. Work under way stays valid, timers
 * keep their time; events on borders and event sub-processes come and go with the version.
 */
public interface Migrations {

  /**
   * Where instances go.
   *
   * @param version the version to go on in
   * @param mapping from ids of elements of the old version to those of the new one; those that are
   *     not in it keep their ids
   */
  record Target(int version, Map<String, String> mapping) {}

  /**
   * What became of many.
   *
   * @param migrated how many were migrated; in a dry run, how many would be
   * @param fitting these, oldest first
   */
  record Outcome(int migrated, List<Fitting> fitting, List<Failure> failed) {}

  /** One that was migrated, or would be. */
  record Fitting(String instanceId, @Nullable String businessKey) {}

  /** One that was not migrated, with all that was in the way. */
  record Failure(String instanceId, @Nullable String businessKey, List<Preview.Misfit> problems) {}

  /**
   * What a mapping from one version to another can be about.
   *
   * @param instances how many have not ended, and would be migrated
   * @param places all elements of the old version, in the document's order
   */
  record Plan(int instances, List<Place> places) {}

  /**
   * An element of the old version.
   *
   * @param type the BPMN element's name, e.g. {@code serviceTask}
   * @param standing how many instances stand at it or in it
   * @param waiting how many instances may wait for its event, on a border or in an event
   *     sub-process: without a counterpart they no longer do
   * @param counterparts the ids of those of the same kind in the new version, its own first where
   *     it is one of them
   */
  record Place(String element, String type, int standing, int waiting, List<String> counterparts) {}

  /**
   * Migrates one, in a transaction of its own. Role: operator.
   *
   * @throws Refusal NOT_FOUND, CONFLICT if it has ended, INVALID if there is no such version or
   *     something in the instance has no place in it
   */
  void migrate(String instanceId, Target target);

  /**
   * What {@link #migrate} would do; changes nothing. Role: operator.
   *
   * @throws Refusal as there, but for what has no place: that is said in the preview
   */
  Preview preview(String instanceId, Target target);

  /**
   * Migrates all instances of a version that have not ended, each in a transaction of its own: what
   * does not fit stays as it is. Role: operator.
   *
   * @param dryRun whether only to say what would come of it
   */
  Outcome migrateAll(String process, int from, Target target, boolean dryRun);

  /**
   * What a mapping has to say, and can. Role: operator.
   *
   * @param instanceId the one instance to be migrated; null for all of the version
   * @throws Refusal INVALID if there is no such version, NOT_FOUND
   */
  Plan plan(String process, int from, int to, @Nullable String instanceId);
}
