package org.millrace.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Catchers.Caught;
import org.millrace.kernel.element.EventDefinition.ErrorCode;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/** Errors on their way outwards. BPMN 2.0 section 10.5.6. */
record Errors(Step step) {

  /** Goes outwards from a token until it is caught; uncaught, it fails the instance. */
  void raise(Token token, String code, @Nullable String message) {
    Catchers catchers = new Catchers(step);
    Caught caught =
        catchers.find(
            token, definition -> definition instanceof ErrorCode error && error.catches(code));
    if (catchers.isThrowEvent(token)) {
      step.absorb(token); // It has done what it is for; it has not failed.
    }
    if (caught.definition() instanceof ErrorCode error) {
      catchers.catchIt(caught, told(error, code, message), caught.passed());
    } else {
      step.scopes().cancelWithin(Scope.ROOT, caught.passed());
      step.fail(code, message);
    }
  }

  private static Map<String, Object> told(ErrorCode error, String code, @Nullable String message) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    if (error.codeVariable() != null) {
      told.put(error.codeVariable(), code);
    }
    if (error.messageVariable() != null) {
      told.put(error.messageVariable(), message);
    }
    return told;
  }
}
