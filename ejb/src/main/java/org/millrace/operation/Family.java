package org.millrace.operation;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.millrace.api.operation.InstanceView.CalledView;
import org.millrace.execution.Engine;
import org.millrace.execution.Hierarchy;
import org.millrace.execution.Hierarchy.Called;
import org.millrace.execution.Instance;

/** An instance with all that it called, and what those called. */
@Singleton
public class Family {

  private final Hierarchy hierarchy;
  private final Engine engine;

  @Inject
  public Family(Hierarchy hierarchy, Engine engine) {
    this.hierarchy = hierarchy;
    this.engine = engine;
  }

  /** What it called itself, oldest first. */
  List<Called> called(String id) {
    return hierarchy.calledBy(List.of(id));
  }

  /** The instance and all below it that have not ended: callers before the called. */
  List<Instance> running(Instance instance) {
    List<Instance> running = new ArrayList<>();
    running.add(instance);
    for (Called called : below(List.of(instance.id()))) {
      Instance one = engine.read(called.id());
      if (one != null) {
        running.add(one);
      }
    }
    return running;
  }

  /** What it called itself, each with the incidents on it and below it. */
  List<CalledView> views(String id) {
    List<Called> called = called(id);
    List<Called> below = below(called.stream().filter(Family::runs).map(Called::id).toList());
    Map<String, Integer> incidents = new HashMap<>();
    // Bottom up: what stands on one that was called stands for its caller as well.
    for (int i = below.size() - 1; i >= 0; i--) {
      Called one = below.get(i);
      int its = one.incidents() + incidents.getOrDefault(one.id(), 0);
      incidents.merge(one.caller(), its, Integer::sum);
    }
    return called.stream()
        .map(
            one ->
                new CalledView(
                    one.id(),
                    one.activity(),
                    one.process(),
                    one.version(),
                    one.state(),
                    one.incidents() + incidents.getOrDefault(one.id(), 0)))
        .toList();
  }

  /** All below these that have not ended, level by level. */
  private List<Called> below(List<String> ids) {
    List<Called> all = new ArrayList<>();
    List<String> level = ids;
    while (!level.isEmpty()) {
      List<Called> next = hierarchy.calledBy(level).stream().filter(Family::runs).toList();
      all.addAll(next);
      level = next.stream().map(Called::id).toList();
    }
    return all;
  }

  private static boolean runs(Called called) {
    return called.state().equals("running") || called.state().equals("suspended");
  }
}
