package org.millrace.web.page;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
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

  /** Shows what would happen, or why it cannot. */
  void show(T asked, Attempt attempt, Function<T, Preview> previewing) {
    show(asked, attempt.result(() -> previewing.apply(asked)));
  }

  private void show(T asked, @Nullable Preview shown) {
    input = shown == null ? null : asked;
    preview = shown;
  }

  /**
   * Does what was shown. Where that was for another input, or would be another by now, it is shown
   * instead, and the page says so.
   *
   * @return whether it was done
   */
  boolean carryOut(
      T asked, Attempt attempt, Function<T, Preview> previewing, Consumer<T> operation) {
    if (!asked.equals(input)) {
      attempt.warn("preview.otherInput");
      show(asked, attempt, previewing);
      return false;
    }
    Preview now = attempt.result(() -> previewing.apply(asked));
    if (now == null || !isStill(now)) {
      attempt.warn("preview.otherState");
      show(asked, now);
      return false;
    }
    return attempt.done(() -> operation.accept(asked));
  }

  /** Whether nothing else would happen by now. */
  private boolean isStill(Preview now) {
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
