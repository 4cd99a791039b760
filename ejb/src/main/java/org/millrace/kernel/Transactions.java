package org.millrace.kernel;

import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/**
 * The cancelling of transactions. BPMN 2.0 sections 10.3.5 and 13.5.3: all that is under way in the
 * transaction ends, then what has completed in it is compensated, and when that is done the token
 * goes on at the cancel event on its border. An error that leaves a transaction compensates
 * nothing.
 */
public record Transactions(Step step) {

  /**
   * Begins to cancel the transaction that a token at a cancel end event is in.
   *
   * @return whether there is anything to compensate, so that {@link #cancelled} comes later
   */
  public boolean cancel(Token end) {
    step.scopes().cancelAround(end);
    return step.compensate(end, null);
  }

  /** All is compensated. The runs beside this one end with it, as the event is that of them all. */
  public void cancelled(Token end) {
    Token transaction = step.state().token(step.state().scope(end.scope()).token());
    if (transaction.run() != 0) {
      Scope around = step.state().scope(transaction.scope());
      transaction = step.state().token(around.token());
    }
    step.absorb(end);
    step.scopes().cancel(transaction);
    for (BoundaryEvent boundary : step.graph().boundaries(transaction.element())) {
      if (boundary.definition() instanceof EventDefinition.Cancel) {
        step.enter(step.create(transaction.scope(), boundary.id()));
      }
    }
  }
}
