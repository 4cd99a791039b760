package org.millrace.kernel.graph;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work on a stage, and how often it is tried.
 *
 * @param attempts all attempts, the first one too; at least 1
 * @param backoff the pauses before the second attempt, the third, …; the last one repeats
 * @param priority gives 0 to 9; null for the instance's own
 */
public record Work(
    String stage, int attempts, List<Duration> backoff, @Nullable Expression priority) {

  public static final int DEFAULT_ATTEMPTS = 3;

  public static final List<Duration> DEFAULT_BACKOFF =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1));

  /** The pause before an attempt. */
  public Duration before(int attempt) {
    int index = Math.min(attempt - 2, backoff.size() - 1);
    return index < 0 ? Duration.ZERO : backoff.get(index);
  }
}
