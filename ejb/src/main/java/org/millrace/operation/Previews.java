package org.millrace.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.millrace.api.operation.Preview;
import org.millrace.api.operation.Preview.Misfit;
import org.millrace.execution.Instance;
import org.millrace.kernel.Decision.Accepted;
import org.millrace.kernel.Migration;
import org.millrace.kernel.event.Event;

/** What a decision that is not carried out would have done. */
final class Previews {

  private Previews() {}

  static Preview of(Instance before, Accepted decision) {
    Map<Integer, String> at = new LinkedHashMap<>();
    before.state().tokens().forEach(token -> at.put(token.id(), token.element()));
    List<String> cancelled = new ArrayList<>();
    List<String> started = new ArrayList<>();
    for (Event event : decision.events()) {
      if (event instanceof Event.TokenCreated created) {
        at.put(created.token(), created.element());
        started.add(created.element());
      } else if (event instanceof Event.TokenMoved moved) {
        at.put(moved.token(), moved.element());
        started.add(moved.element());
      } else if (event instanceof Event.TokenCancelled taken) {
        cancelled.add(Objects.requireNonNull(at.get(taken.token())));
      }
    }
    return new Preview(
        List.of(),
        decision.state().status().word(),
        cancelled,
        started,
        Views.waits(before.id(), decision.state()));
  }

  static Preview of(Instance before, List<Misfit> problems) {
    return new Preview(problems, before.state().status().word(), List.of(), List.of(), List.of());
  }

  static List<Misfit> misfits(List<Migration.Misfit> misfits) {
    return misfits.stream().map(one -> new Misfit(one.element(), one.reason())).toList();
  }
}
