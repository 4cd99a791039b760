package org.millrace.execution;

import org.jspecify.annotations.Nullable;

/** Whether the database can be written. */
public interface DatabaseCheck {

  /**
   * Writes something and removes it again, outside of any transaction.
   *
   * @return null if that could be done; else why not
   */
  @Nullable String problem();
}
