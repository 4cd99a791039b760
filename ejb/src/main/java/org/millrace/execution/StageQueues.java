package org.millrace.execution;

/** The queues of stages, as the broker has them now. */
public interface StageQueues {

  /**
   * A queue's figures; all zero where it does not exist yet.
   *
   * @param queued messages in it, those being worked on and those scheduled included
   * @param inFlight messages being worked on
   */
  record Figures(long queued, long inFlight, int consumers, boolean paused) {}

  Figures figures(String stage);

  /** Stops or restarts delivery, also across restarts of the broker. */
  void setPaused(String stage, boolean paused);
}
