package org.millrace.web.problem;

/** A request that HTTP itself gives reason to refuse. What the engine refuses is a Refusal. */
public class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Makes one.
   *
   * @param status of HTTP, from 400
   * @param detail for a person
   */
  public ProblemException(int status, String detail) {
    super(detail);
    this.status = status;
  }

  int status() {
    return status;
  }
}
