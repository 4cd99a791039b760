package org.millrace.execution;

import java.util.Collection;
import java.util.Set;

/**
 * What was begun and has not ended. After a crash the broker delivers a message as if for the first
 * time; here is known that the server has ended in the middle of it before.
 */
public interface BegunStore {

  /**
   * Notes that something is begun, alone.
   *
   * @param id what it is, at most 80 characters
   * @param life this run of the server, at most 36 characters
   * @return how many earlier runs of the server have ended in the middle of it; those do not count
   *     in which it was one of many
   */
  int begin(String id, String life);

  /**
   * Notes that many are begun in one transaction, none of which an earlier run has begun. Should
   * the server end in the middle of them, it counts for none: nobody knows which one it was.
   */
  void beginTogether(Collection<String> ids, String life);

  /** What earlier runs of the server have begun, alone or not, and not ended. */
  Set<String> unended(String life);

  /** Notes that these have ended, well or not; does nothing for those that never began. */
  void end(Collection<String> ids);
}
