package org.millrace.api.operation;

import jakarta.ejb.ApplicationException;

/**
 * Why an operation was not carried out, in words that a person can act on. The transaction is
 * rolled back.
 */
@ApplicationException(rollback = true)
public class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of answer it is; the HTTP status follows from it. */
  public enum Kind {
    /** The request is not what the contract says (400). */
    INVALID,
    /** Nothing has this id (404). */
    NOT_FOUND,
    /** The thing is not in a state in which this can be done (409). */
    CONFLICT,
    /** The caller may not do this to this thing (403). */
    FORBIDDEN
  }

  private final Kind kind;

  public Refusal(Kind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
