package org.millrace.execution;

/**
 * What was begun and has not ended. After a crash the broker delivers a message as if for the first
 * time; here is known that the server has ended in the middle of it before.
 */
public interface BegunStore {

  /**
   * Notes that something is begun.
   *
   * @param id what it is, at most 80 characters
   * @param life this run of the server, at most 36 characters
   * @return how many earlier runs of the server have ended in the middle of it
   */
  int begin(String id, String life);

  /** Notes that it has ended, well or not; does nothing if it never began. */
  void end(String id);
}
