package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says how long an ended instance is kept: as its process says, else as the server does. One that
 * was called is kept as long as its caller: so no expiry is its own.
 */
@Singleton
public class Retention {

  /** The system property for processes that say nothing: an ISO 8601 duration, or "never". */
  static final String PROPERTY = "millrace.historyTimeToLive";

  private static final String DEFAULT = "P180D";
  private static final String NEVER = "never";

  private final Graphs graphs;
  private final Upkeep upkeep;
  private final @Nullable Duration otherwise;

  @Inject
  public Retention(Graphs graphs, Upkeep upkeep) {
    this(graphs, upkeep, System.getProperty(PROPERTY, DEFAULT));
  }

  Retention(Graphs graphs, Upkeep upkeep, String otherwise) {
    this.graphs = graphs;
    this.upkeep = upkeep;
    this.otherwise = otherwise.equals(NEVER) ? null : Duration.parse(otherwise);
  }

  /** The instance with the time from which it may be deleted, once it has ended. */
  Instance of(Instance instance) {
    Instant ended = instance.state().endedAt();
    if (ended == null || instance.caller() != null) {
      return instance;
    }
    Duration kept = graphs.get(instance.process(), instance.version()).historyTimeToLive();
    Duration keep = kept == null ? otherwise : kept;
    if (keep == null) {
      return instance;
    }
    upkeep.expect(ended.plus(keep));
    return instance.expiring(ended.plus(keep));
  }
}
