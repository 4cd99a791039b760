package org.millrace.kernel;

import java.util.List;
import java.util.Map;
import org.millrace.kernel.Catchers.Caught;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.element.EventDefinition.EscalationCode;
import org.millrace.kernel.state.Token;

/**
 * Escalations on their way outwards. Whoever throws one goes on, unless what catches it interrupts;
 * that nobody catches it is no failure. BPMN 2.0 section 10.5.7.
 */
record Escalations(Step step) {

  /**
   * Goes outwards from a token until it is caught.
   *
   * @return whether the token has been ended by it
   */
  boolean raise(Token token, String code) {
    Catchers catchers = new Catchers(step);
    Caught caught =
        catchers.find(
            token,
            definition ->
                definition instanceof EscalationCode escalation && escalation.catches(code));
    if (caught.definition() instanceof EscalationCode escalation) {
      if (caught.interrupts() && catchers.isThrowEvent(token)) {
        step.absorb(token); // It has thrown: that completes it.
      }
      String variable = escalation.codeVariable();
      catchers.catchIt(caught, variable == null ? Map.of() : Map.of(variable, code), List.of());
    } else {
      step.effect(new Effect.EscalateToCaller(code, step.state().variables()));
    }
    return caught.interrupts();
  }
}
