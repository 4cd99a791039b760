package org.millrace.execution;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.InDoubtView.Concern;

/** What one resource has prepared and not been told the outcome of. */
public interface Branches {

  /**
   * One of its branches.
   *
   * @param since null where the resource does not know
   * @param concerns what it is about, as far as the resource can tell
   */
  record Branch(TransactionId transaction, @Nullable Instant since, List<Concern> concerns) {}

  /** What it is called: {@code broker} or {@code database}. */
  String resource();

  List<Branch> prepared();
}
