package org.millrace.api.operation;

import java.util.List;
import java.util.Map;

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
   */
  record Outcome(int migrated, List<Failure> failed) {}

  /** One that was not migrated, with all that was in the way. */
  record Failure(String instanceId, List<Preview.Misfit> problems) {}

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
}
