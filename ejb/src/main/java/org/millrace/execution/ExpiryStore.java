package org.millrace.execution;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has had its time: finds it and deletes it, in small pieces, each call in one transaction.
 */
public interface ExpiryStore {

  /**
   * Instances that have had their time, oldest first, locked; those that somebody else has locked
   * are left out. Together they have at most so many steps, but there is at least one where one is.
   */
  List<Instance> expired(Instant now, int atMost, int steps);

  /**
   * Deletes instances with all their rows; those that they called have had their time then, too.
   */
  void delete(List<String> instanceIds, Instant now);

  /** Lets these be, until this time. */
  void postpone(List<String> instanceIds, Instant until);

  /** Whether any instance that this one called has not ended. */
  boolean hasRunningCalled(String instanceId);

  /** When the next instance has had its time; null if none ever will. */
  @Nullable Instant nextExpiry();

  /** When the oldest request was accepted; null if there is none. */
  @Nullable Instant oldestRequest();
}
