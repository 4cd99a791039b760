package org.millrace.definition;

import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Literal;

/**
 * Reads the errors and escalations that events catch and throw.
 *
 * @param roots where they are declared
 */
record Codes(RootElements roots) {

  /** The error that an event catches; one that refers to none, or to one without a code, all. */
  EventDefinition.@Nullable ErrorCode error(Reading referring) {
    String flowable = referring.classic("errorVariableName");
    String camunda = referring.classic("errorCodeVariable");
    String codeVariable = camunda == null ? flowable : camunda;
    String messageVariable = referring.classic("errorMessageVariable");
    if (isMissing(referring, "errorRef")) {
      return new EventDefinition.ErrorCode(null, codeVariable, messageVariable);
    }
    String undeclared = undeclared("error", referring);
    if (undeclared != null) {
      return new EventDefinition.ErrorCode(undeclared, codeVariable, messageVariable);
    }
    XmlElement element = roots.require("error", referring);
    String code = element == null ? null : code(referring, element, "errorCode");
    return element == null
        ? null
        : new EventDefinition.ErrorCode(code, codeVariable, messageVariable);
  }

  /** Camunda 7, its kin and jBPM take a reference to no error in the document for the code. */
  private @Nullable String undeclared(String kind, Reading referring) {
    String reference = referring.reference(kind + "Ref");
    return (roots.dialect().isClassic() || roots.dialect().isDrools())
            && reference != null
            && !reference.isBlank()
            && roots.find(kind, reference) == null
        ? reference
        : null;
  }

  /** The error that an event throws. */
  EventDefinition.@Nullable ErrorThrow errorThrown(Reading referring) {
    String undeclared = undeclared("error", referring);
    if (undeclared != null) {
      return new EventDefinition.ErrorThrow(new Literal(undeclared), null);
    }
    XmlElement element = roots.require("error", referring);
    if (element == null) {
      return null;
    }
    Reading error = new Reading(element, referring.problems());
    Expression code = RootElements.named(referring, element, "errorCode");
    String text = error.classic("errorMessage");
    Expression message = text == null ? null : error.compile(text, Expressions::value);
    return code == null ? null : new EventDefinition.ErrorThrow(code, message);
  }

  /**
   * The escalation that an event catches; one that refers to none, or to one without a code, all.
   */
  EventDefinition.@Nullable EscalationCode escalation(Reading referring) {
    String codeVariable = referring.classic("escalationCodeVariable");
    if (isMissing(referring, "escalationRef")) {
      return new EventDefinition.EscalationCode(null, codeVariable);
    }
    String undeclared = undeclared("escalation", referring);
    if (undeclared != null) {
      return new EventDefinition.EscalationCode(undeclared, codeVariable);
    }
    XmlElement element = roots.require("escalation", referring);
    String code = element == null ? null : code(referring, element, "escalationCode");
    return element == null ? null : new EventDefinition.EscalationCode(code, codeVariable);
  }

  /** The escalation that an event throws. */
  EventDefinition.@Nullable EscalationThrow escalationThrown(Reading referring) {
    String undeclared = undeclared("escalation", referring);
    if (undeclared != null) {
      return new EventDefinition.EscalationThrow(new Literal(undeclared));
    }
    XmlElement element = roots.require("escalation", referring);
    Expression code =
        element == null ? null : RootElements.named(referring, element, "escalationCode");
    return code == null ? null : new EventDefinition.EscalationThrow(code);
  }

  private static boolean isMissing(Reading referring, String attribute) {
    String reference = referring.attribute(attribute);
    return reference == null || reference.isBlank();
  }

  /** A code that is caught, which stands fast; null for any. */
  private static @Nullable String code(Reading referring, XmlElement element, String attribute) {
    String text = element.attribute(attribute);
    Expression code =
        text == null || text.isBlank() ? null : RootElements.named(referring, element, attribute);
    if (code != null && !(code instanceof Literal)) {
      referring.problem("a code that is caught is no expression: " + code.source());
    }
    return code == null ? null : code.source();
  }
}
