package org.millrace.kernel.state;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A completed activity that can be compensated. BPMN 2.0 section 13.5.5.
 *
 * @param activity the completed activity
 * @param handler the activity that compensates it; null for a sub-process without a handler of its
 *     own, which is compensated by compensating what is in it
 * @param variables the completed sub-process's own variables, which its handlers see again
 * @param inner what completed in the sub-process, oldest first
 */
public record Compensation(
    int id,
    String activity,
    @Nullable String handler,
    Map<String, Object> variables,
    List<Compensation> inner) {

  Compensation renamed(Renaming names) {
    return new Compensation(
        id,
        names.of(activity),
        handler == null ? null : names.of(handler),
        variables,
        inner.stream().map(one -> one.renamed(names)).toList());
  }
}
