package org.millrace.definition.expression;

/** Why a text is no expression. The message is for the author of the document. */
public class ExpressionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ExpressionException(String message) {
    super(message);
  }
}
