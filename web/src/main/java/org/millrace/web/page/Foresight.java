package org.millrace.web.page;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Preview;
import org.millrace.api.operation.WaitView;

/**
 * What a person was shown that would happen, and for which input: only that is carried out.
 *
 * @param <T> the input
 */
final class Foresight<T> implements Serializable {

  private transient @Nullable T input;
  private transient @Nullable Preview preview;

  /** What one sees of a wait; its id, and when a timer fires, are new each time. */
  private record Seen(String instanceId, String activity, String kind, @Nullable String name) {
    static List<Seen> of(List<WaitView> waits) {
      return waits.stream()
          .map(wait -> new Seen(wait.instanceId(), wait.activity(), wait.kind(), wait.name()))
          .toList();
    }
  }

  void show(T input, @Nullable Preview preview) {
    this.input = preview == null ? null : input;
    this.preview = preview;
  }

  boolean isOf(T other) {
    return other.equals(input);
  }

  /** Whether nothing else would happen by now. */
  boolean isStill(Preview now) {
    Preview shown = preview;
    return shown != null
        && shown.problems().equals(now.problems())
        && shown.state().equals(now.state())
        && shown.cancelled().equals(now.cancelled())
        && shown.started().equals(now.started())
        && Seen.of(shown.waits()).equals(Seen.of(now.waits()));
  }

  @Nullable Preview preview() {
    return preview;
  }
}
