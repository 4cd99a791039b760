package org.millrace.execution;

import java.time.Instant;

/**
 * Is told when something will have had its time, so that nobody has to look for it again and again.
 */
public interface Upkeep {

  /** From then on something is to be deleted. Told too often does no harm. */
  void expect(Instant time);
}
