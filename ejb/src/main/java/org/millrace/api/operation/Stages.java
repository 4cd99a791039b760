package org.millrace.api.operation;

import java.util.List;

/** The stages, each with the queue of its own. */
public interface Stages {

  /** All stages that deployed processes name, by name. Role: viewer. */
  List<StageView> list();

  /**
   * Stops delivery to this stage alone, also across restarts; what is in flight is finished. Role:
   * operator.
   */
  void pause(String stage);

  /** Role: operator. */
  void resume(String stage);
}
