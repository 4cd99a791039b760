package org.millrace.execution;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The transaction manager's log: the decisions to commit that are not carried out wholly. */
public interface TransactionLog {

  /**
   * A decision.
   *
   * @param id as {@link TransactionId#text}
   */
  record Decision(String id, @Nullable Instant since, List<Participant> participants) {}

  /**
   * A branch that it was made for.
   *
   * @param name of the resource, as the log has it
   * @param heuristic whether it was settled against the decision
   */
  record Participant(String name, @Nullable TransactionId transaction, boolean heuristic) {}

  List<Decision> decisions();

  /**
   * The decisions that nobody is carrying out: a crash, of this server or of a resource, has left
   * them to the recovery. Their effects are to be seen in some resources only. It is cheap: every
   * message may ask.
   */
  Set<String> left();

  /** Has the recovery look at all that is in doubt, now; returns when it has. */
  void recover();

  /**
   * Takes a decision off the log, whatever has become of its branches. Their resources are told to
   * forget them, too.
   *
   * @return false if it is not there any more
   */
  boolean forget(String id);

  /** The id of the transaction that this thread is in. */
  String current();
}
