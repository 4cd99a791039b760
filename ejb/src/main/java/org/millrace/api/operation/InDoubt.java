package org.millrace.api.operation;

import java.util.List;

/**
 * Transactions that stand between prepare and commit, because the server ended there or a resource
 * did not answer. The recovery settles them by itself; a person who committed or rolled back a
 * branch could but be wrong, so nothing here does. What is left to a person: to have it done at
 * once, and to accept what somebody else has settled.
 */
public interface InDoubt {

  /** All that are in doubt, oldest first. Role: viewer. */
  List<InDoubtView> list();

  /**
   * Has the recovery look now, instead of within 15 seconds; returns when it has, after some
   * seconds. What nobody had decided is rolled back by the second pass that sees it. Role:
   * operator.
   */
  void recover();

  /**
   * Accepts a heuristic outcome as it is: takes the transaction off the log. No branch is committed
   * or rolled back. Role: admin.
   *
   * @throws Refusal if there is no such transaction in doubt, or it is not heuristic: then the
   *     recovery settles it
   */
  void forget(String id);
}
