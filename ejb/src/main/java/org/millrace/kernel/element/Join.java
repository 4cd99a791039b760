package org.millrace.kernel.element;

import org.millrace.kernel.Step;
import org.millrace.kernel.state.Token;

/**
 * A gateway whose tokens may have to wait for others that are still on their way. It is asked when
 * nothing moves any more: only then is it known where the others have come to.
 */
public sealed interface Join extends Element permits ComplexGateway, InclusiveGateway {

  /** A token has come; it rests until the gateway is asked. */
  @Override
  default void enter(Step step, Token token) {}

  /**
   * Has the tokens go on that have waited long enough. They do if something happens here at all.
   *
   * @param token one that rests here, on which no incident stands
   */
  void settle(Step step, Token token);
}
