package org.millrace.execution;

/** Whether the database can be reached at all. */
public interface DatabaseCheck {

  /** Asks it, outside of any transaction. */
  boolean answers();
}
