package org.millrace.api.operation;

import java.util.List;

/**
 * Transactions that stand between prepare and commit, because the server ended there or a resource
 * did not answer. The recovery settles them by itself; a person who committed or rolled back a
 * branch could but be wrong, so nothing here does.
 */
public interface InDoubt {

  /** All that are in doubt, oldest first. Role: viewer. */
  List<InDoubtView> list();
}
