package org.millrace.execution;

import java.util.Collection;
import java.util.List;

/** Who has called whom. */
public interface Hierarchy {

  /**
   * An instance that was called.
   *
   * @param caller the instance that called it
   * @param activity the call activity
   * @param incidents its own
   */
  record Called(
      String id,
      String caller,
      String activity,
      String process,
      int version,
      String state,
      int incidents) {}

  /** All that these instances have ever called, without what that has called; oldest first. */
  List<Called> calledBy(Collection<String> callers);
}
