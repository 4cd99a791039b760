package org.millrace.api.operation;

import java.util.List;

/** The stages, each with the queue of its own. */
public interface Stages {

  /** All stages that deployed processes name, by name. Role: viewer. */
  List<StageView> list();

  /**
   * Stops delivery to this stage alone, also across restarts; what is in flight is finished. Role:
   * operator.
   *
   * @throws Refusal NOT_FOUND if no deployed process names it, CONFLICT if it has no queue yet
   */
  void pause(String stage);

  /**
   * Has a paused stage delivered to again. Role: operator.
   *
   * @throws Refusal as {@link #pause}
   */
  void resume(String stage);
}
