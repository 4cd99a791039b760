package org.millrace.execution;

/**
 * Nobody's fault: what a transaction relied on was changed meanwhile by another one, or is not to
 * be seen yet. It is rolled back, and what it was to do is done again.
 */
public final class Overtaken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Overtaken(String reason) {
    super(reason);
  }
}
