package org.millrace.kernel.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the runs of an activity are that is done more than once. It belongs to the scope around
 * the runs, which the token holds that has come to the activity.
 *
 * @param instances how many runs there are; 0 where that is not known before
 * @param items what the runs that begin later are for, in their order; empty where that is nothing,
 *     or where all have begun
 * @param results what each run gave back, in the runs' order; null for one that has not completed
 */
public record Runs(
    int instances,
    int begun,
    int completed,
    List<@Nullable Object> items,
    List<@Nullable Object> results) {

  /** None has begun. */
  static Runs of(int instances, List<@Nullable Object> items) {
    return new Runs(instances, 0, 0, items, List.of());
  }

  Runs begin() {
    return new Runs(instances, begun + 1, completed, items, results);
  }

  Runs complete(int run, List<@Nullable Object> result) {
    return new Runs(
        instances, begun, completed + 1, items, result.isEmpty() ? results : with(run, result));
  }

  private List<@Nullable Object> with(int run, List<@Nullable Object> result) {
    List<@Nullable Object> room = results;
    int missing = Math.max(run, instances) - results.size();
    if (missing > 0) {
      room = new ArrayList<>(results);
      room.addAll(Collections.nCopies(missing, null));
    }
    return Chunks.replace(room, run - 1, result);
  }

  /** What expressions see of it, by the names that BPMN gives; nothing for a standard loop. */
  public Map<String, Object> variables() {
    return instances == 0
        ? Map.of()
        : Map.of(
            "nrOfInstances",
            (long) instances,
            "nrOfActiveInstances",
            (long) begun - completed,
            "nrOfCompletedInstances",
            (long) completed);
  }
}
